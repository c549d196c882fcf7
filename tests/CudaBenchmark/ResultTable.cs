using System.Globalization;

namespace CudaBenchmark;

/// <summary>The Markdown table.</summary>
internal static class ResultTable
{
    public static void Head(string? torch)
    {
        Console.WriteLine("Times in µs, medians. Fraction: the least bytes that must be moved, divided by the time, divided by the rate of a copy of x in the same run; forward (f) and forward plus backward (f+b).");
        if (torch is not null) Console.WriteLine($"Ratios: times of {torch}, eager and by torch.compile, divided by ours.");
        var peers = torch is null ? "" : " eager f | eager f+b | compiled f | compiled f+b |";
        Console.WriteLine($"\n| operation | type | shape | f µs | b µs | f MB | f+b MB | f fraction | f+b fraction |{peers}");
        Console.WriteLine($"|---|---|---|---|---|---|---|---|---|{(torch is null ? "" : "---|---|---|---|")}");
    }

    public static void Print(Result result)
    {
        var (row, times) = (result.Case, result.Times);
        string[] cells =
        [
            row.Operation, row.TypeName, string.Join('×', row.Shape), Number(1e3 * times.Forward, 1), Number(1e3 * times.Backward, 1),
            Number(1e-6 * row.ForwardBytes, 0), Number(1e-6 * (row.ForwardBytes + row.BackwardBytes), 0), Number(result.ForwardFraction, 2), Number(result.BothFraction, 2),
            .. times.Torch is not { } torch ? [] : (string[])
            [
                Number(torch.Forward / times.Forward, 2), Number((torch.Forward + torch.Backward) / (times.Forward + times.Backward), 2),
                Number(torch.CompiledForward / times.Forward, 2), Number((torch.CompiledForward + torch.CompiledBackward) / (times.Forward + times.Backward), 2),
            ],
        ];
        Console.WriteLine($"| {string.Join(" | ", cells)} |");
    }

    // NaN: the peer has no such time.
    private static string Number(double value, int digits) => double.IsNaN(value) ? "" : value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
