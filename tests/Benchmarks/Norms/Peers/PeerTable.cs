using System.Globalization;
using NormLab.Timing;
using static TorchSharp.torch;

namespace Benchmarks.Norms.Peers;

/// <summary>The rows that another library has too, timed in turn with ours in this process.</summary>
internal static class PeerTable
{
    public static void Print(IPeer peer, string only, double seconds)
    {
        string description;
        try
        {
            description = peer.Load();
        }
        catch (DllNotFoundException missing)
        {
            Console.WriteLine($"\n{peer.Name} is left out: {missing.Message}");
            return;
        }
        Console.WriteLine($"\n{description}\n\n| operation | shape | layout | {peer.Name} / ours | {peer.Name}, ms | ours, ms |\n|---|---|---|---:|---:|---:|");
        var logarithms = new List<double>();
        foreach (var make in NormCases.All(ScalarType.Float32))
        {
            using var scope = NewDisposeScope();
            var row = make();
            if (!row.ToString().Contains(only, StringComparison.OrdinalIgnoreCase)) continue;
            using var theirs = peer.Prepare(row);
            if (theirs is not null) logarithms.Add(Math.Log(PrintRow(peer, row, theirs, seconds)));
        }
        Console.WriteLine(logarithms.Count == 0
            ? $"\n{peer.Name} has none of these operations."
            : string.Create(CultureInfo.InvariantCulture, $"\nGeometric mean over {logarithms.Count} rows: {Math.Exp(logarithms.Average()):F2} times ours."));
    }

    private static double PrintRow(IPeer peer, NormCase row, PeerForward theirs, double seconds)
    {
        theirs.Run();
        Validation.RequireForward(row, peer.Name, theirs.Output);
        using var x = row.Input.detach();
        using var noGradient = no_grad();
        var t = Interleaved.Run(seconds, () => row.Ours(x).Dispose(), theirs.Run);
        var ratio = Interleaved.Ratio(t[1], t[0]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {row.Name} | {row.Shape} | {row.Layout} | {ratio:F2} | {Interleaved.Median(t[1]):F3} | {Interleaved.Median(t[0]):F3} |"));
        return ratio;
    }
}
