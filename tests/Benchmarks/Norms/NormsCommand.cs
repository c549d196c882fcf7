using System.CommandLine;
using Benchmarks.Norms.Peers;
using Benchmarks.Timing;
using NormCore.Native;
using static TorchSharp.torch;

namespace Benchmarks.Norms;

/// <summary><c>norms</c>: every normalizer beside ATen's, as a Markdown table.</summary>
internal static class NormsCommand
{
    private const double LeastMean = 1.5, LeastRow = 0.9;
    private const int NoSuchRow = 2;

    public static Command Create()
    {
        var setting = new Option<string>("--setting") { Description = "Where large tensors come from; `all` runs each in a process of its own.", DefaultValueFactory = _ => "all" };
        setting.AcceptOnlyFromAmong(["all", .. Setting.Names]);
        var only = new Option<string>("--only") { Description = "Only rows that contain this text, e.g. \"BatchNorm [32\".", DefaultValueFactory = _ => "" };
        var type = new Option<string>("--type") { Description = "The element type.", DefaultValueFactory = _ => "fp32" };
        type.AcceptOnlyFromAmong("fp32", "fp64", "bf16", "fp16");
        var seconds = new Option<double>("--seconds") { Description = "How long to measure each row.", DefaultValueFactory = _ => 4 };
        var gate = new Option<bool>("--gate") { Description = $"Fail when the geometric mean of all ratios is below {LeastMean} or one is below {LeastRow}; a row below is measured again, longer, before it counts." };
        var python = new Option<string?>("--python") { Description = "A Python that has torch, e.g. /usr/bin/python3: prints its times beside ours, each in its own process (fp32 only)." };
        var oneDnn = new Option<bool>("--onednn") { Description = "Also time the system's oneDNN 2 (libdnnl.so.2) beside ours, forward, in fp32." };
        var onnxRuntime = new Option<bool>("--onnxruntime") { Description = "Also time ONNX Runtime beside ours, forward, in fp32; needs a build with -p:OnnxRuntime=true." };
        var command = new Command("norms", "Times every normalizer beside ATen's, called through TorchSharp, and prints the ratios as a Markdown table.") { setting, only, type, seconds, gate, python, oneDnn, onnxRuntime };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(setting) == "all") return Setting.RunEach(arguments);
            Setting.Enter(arguments.GetValue(setting)!);
            var exitCode = Run(arguments.GetValue(only)!, ElementType(arguments.GetValue(type)!), arguments.GetValue(seconds), arguments.GetValue(gate), arguments.GetValue(python));
            if (exitCode == NoSuchRow) return exitCode;
            if (arguments.GetValue(oneDnn)) PeerTable.Print(new OneDnn(), arguments.GetValue(only)!, arguments.GetValue(seconds));
            if (arguments.GetValue(onnxRuntime)) PeerTable.Print(new OnnxRuntime(), arguments.GetValue(only)!, arguments.GetValue(seconds));
            return exitCode;
        });
        return command;
    }

    private static int Run(string only, ScalarType type, double seconds, bool gate, string? python)
    {
        NativeTorch.Load();
        random.manual_seed(1);
        Console.WriteLine($"{Machine.Describe()}\n\n{NormTable.Head}");
        var rows = new List<NormRow>();
        foreach (var make in NormCases.All(type))
        {
            using var scope = NewDisposeScope();
            var row = make();
            if (!row.ToString().Contains(only, StringComparison.OrdinalIgnoreCase)) continue;
            rows.Add(NormRow.Measure(row, seconds, gate ? LeastRow : 0));
            Console.WriteLine(NormTable.Line(rows[^1]));
        }
        if (rows.Count == 0)
        {
            Console.Error.WriteLine($"no row contains \"{only}\"; leave --only out to see them all");
            return NoSuchRow;
        }
        Console.WriteLine(NormTable.Summary(rows));
        if (python is not null) PythonTable.Print(python, rows, seconds);
        if (!gate || NormTable.Complaint(rows, LeastMean, LeastRow) is not { } complaint) return 0;
        Console.Error.WriteLine(complaint);
        return 1;
    }

    private static ScalarType ElementType(string name) => name switch
    {
        "fp64" => ScalarType.Float64,
        "bf16" => ScalarType.BFloat16,
        "fp16" => ScalarType.Float16,
        _ => ScalarType.Float32,
    };
}
