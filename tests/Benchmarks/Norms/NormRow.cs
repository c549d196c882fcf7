using NormLab.Timing;
using static TorchSharp.torch;

namespace Benchmarks.Norms;

/// <summary>What was measured for one case.</summary>
/// <param name="Case">The operation.</param>
/// <param name="Shape">The shape of x.</param>
/// <param name="Type">The type of x.</param>
/// <param name="Layout">How x lies in memory.</param>
/// <param name="Forward">How many times longer the peer takes, forward.</param>
/// <param name="Both">The same, forward and backward; NaN where there is no backward.</param>
/// <param name="ForwardCopies">Our forward in multiples of a copy of x.</param>
/// <param name="BothCopies">Our forward and backward in multiples of a copy of x.</param>
/// <param name="Milliseconds">Our forward, and our forward and backward.</param>
internal sealed record NormRow(string Case, string Shape, string Type, string Layout, double Forward, double Both, double ForwardCopies, double BothCopies, (double Forward, double Both) Milliseconds)
{
    /// <summary>The smaller of the two ratios.</summary>
    public double Least => double.IsNaN(Both) ? Forward : Math.Min(Forward, Both);

    /// <summary>What --only takes for this row alone.</summary>
    public string Name => $"{Case} {Shape} {Type} {Layout}";

    /// <summary>Times a case after it was validated.</summary>
    public static NormRow Measure(NormCase row, double seconds)
    {
        Validation.Require(row);
        using var scope = NewDisposeScope();
        var dy = randn_like(row.Input).detach();
        using var copy = row.Input.detach().clone();
        using var x = row.Input.detach();

        void Forward(Func<Tensor, Tensor> f)
        {
            using var noGradient = no_grad();
            f(x).Dispose();
        }

        void Both(Func<Tensor, Tensor> f, Tensor[] parameters)
        {
            using var step = NewDisposeScope();
            autograd.grad([f(row.Input)], [row.Input, .. parameters], [dy]);
        }

        List<Action> actions = [() => copy.copy_(x), () => Forward(row.Ours), () => Forward(row.Peer)];
        if (row.HasBackward)
            actions.AddRange([() => Both(row.Ours, row.OurParameters), () => Both(row.Peer, row.PeerParameters)]);
        var t = Interleaved.Run(seconds, [.. actions]);
        return new NormRow(
            row.Name, row.Shape, row.Type, row.Layout, Interleaved.Ratio(t[2], t[1]), row.HasBackward ? Interleaved.Ratio(t[4], t[3]) : double.NaN,
            Interleaved.Ratio(t[1], t[0]), row.HasBackward ? Interleaved.Ratio(t[3], t[0]) : double.NaN,
            (Interleaved.Median(t[1]), row.HasBackward ? Interleaved.Median(t[3]) : double.NaN));
    }
}
