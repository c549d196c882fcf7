using System.CommandLine;
using CudaBenchmark.Cases;
using NormCore.Kernels;

namespace CudaBenchmark;

public static class Program
{
    public static int Main(string[] args)
    {
        var device = new Option<int>("--device") { Description = "The number of the GPU." };
        var only = new Option<string>("--only") { Description = "Only rows that contain this text, e.g. \"BatchNorm bf16\".", DefaultValueFactory = _ => "" };
        var type = new Option<string>("--type") { Description = "The element type of the rows.", DefaultValueFactory = _ => "bf16" };
        type.AcceptOnlyFromAmong("bf16", "fp16", "fp32", "all");
        var runs = new Option<int>("--runs") { Description = "How often each operation is timed in each round; the median counts.", DefaultValueFactory = _ => 50 };
        var validate = new Option<bool>("--validate") { Description = "Only check the kernels against float64, no times." };
        var elements = new Option<long>("--elements") { Description = "At most so many elements of a shape are checked against float64; what is left out are samples, and channels where that is not enough.", DefaultValueFactory = _ => 32 << 20 };
        var timed = new Option<long>("--timed-elements") { Description = "Times no more elements of a shape than so many: for trying this program where there is no GPU.", Hidden = true, DefaultValueFactory = _ => long.MaxValue };
        var nvrtc = new Option<string?>("--nvrtc") { Description = "A folder or file of NVRTC; without it NORM_NVRTC, the PyTorch of --python or of python3, the system." };
        var driver = new Option<string?>("--driver") { Description = "A file in place of the system's CUDA driver." };
        var python = new Option<string?>("--python") { Description = "A Python that has torch with CUDA: prints its eager and compiled times beside ours, measured in turn with them." };
        var root = new RootCommand("Checks the CUDA normalization kernels against float64 on this GPU, then times them beside a copy of memory, as a Markdown table. Exit code 1: a check failed; 2: there is no GPU, driver or NVRTC.")
        {
            device, only, type, runs, validate, elements, timed, nvrtc, driver, python,
        };
        root.SetAction(arguments =>
        {
            var options = new BenchmarkOptions(
                arguments.GetValue(device), arguments.GetValue(runs), arguments.GetValue(validate), arguments.GetValue(elements), arguments.GetValue(timed),
                arguments.GetValue(nvrtc), arguments.GetValue(driver), arguments.GetValue(python));
            var cases = NormCases.All(arguments.GetValue(type)!).Where(row => row.ToString().Contains(arguments.GetValue(only)!, StringComparison.OrdinalIgnoreCase)).ToArray();
            try
            {
                if (cases.Length == 0) throw new CudaException($"no row contains \"{arguments.GetValue(only)}\"; rows are called like \"{NormCases.All("bf16").First()}\".");
                return Benchmark.Run(options, cases) ? 0 : 1;
            }
            catch (CudaException reason)
            {
                Console.Error.WriteLine(reason.Message);
                return 2;
            }
        });
        return root.Parse(args).Invoke();
    }
}
