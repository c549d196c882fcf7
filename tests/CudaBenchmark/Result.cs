using CudaBenchmark.Cases;
using CudaBenchmark.Peers;

namespace CudaBenchmark;

/// <summary>Milliseconds of one row.</summary>
internal sealed record Times(double Copy, double Forward, double Backward, TorchTimes? Torch)
{
    /// <summary>Each number's median over rounds.</summary>
    public static Times Median(IReadOnlyList<Times> rounds)
    {
        double Of(Func<Times, double> number) => rounds.Select(number).Order().ElementAt(rounds.Count / 2);
        return new Times(
            Of(times => times.Copy), Of(times => times.Forward), Of(times => times.Backward),
            rounds[0].Torch is null ? null : new TorchTimes(
                Of(times => times.Torch!.Forward), Of(times => times.Torch!.Backward), Of(times => times.Torch!.CompiledForward), Of(times => times.Torch!.CompiledBackward)));
    }
}

/// <summary>A row of the table.</summary>
internal sealed record Result(NormCase Case, Times Times)
{
    /// <summary>Bytes per millisecond of a copy: what is read and written.</summary>
    private double CopyRate => 2.0 * Case.Geometry.Elements * Case.ElementBytes / Times.Copy;

    /// <summary>The least memory traffic in the time taken, as a part of what a copy reaches.</summary>
    public double ForwardFraction => Case.ForwardBytes / Times.Forward / CopyRate;

    /// <summary>The same of forward and backward together.</summary>
    public double BothFraction => (Case.ForwardBytes + Case.BackwardBytes) / (Times.Forward + Times.Backward) / CopyRate;
}
