using static TorchSharp.torch;

namespace Benchmarks.Norms;

/// <summary>A kernel that is wrong is not timed.</summary>
internal static class Validation
{
    /// <summary>Both sides against float64: the output and, where there is a backward, every gradient.</summary>
    /// <exception cref="InvalidOperationException">One of them is off by more than rounding explains.</exception>
    public static void Require(NormCase row)
    {
        using var scope = NewDisposeScope();
        var dy = randn_like(row.Input).detach();
        var wide = row.Input.detach().to(ScalarType.Float64).requires_grad_();
        Tensor[] parameters = [.. row.OurParameters.Select(p => p.detach().to(ScalarType.Float64).requires_grad_())];
        var exact = Results(row, x => row.Reference(x, parameters), wide, parameters, dy.to(ScalarType.Float64));
        Compare(row, "ours", 100, Results(row, row.Ours, row.Input, row.OurParameters, dy), exact);
        Compare(row, "the peer", 1000, Results(row, row.Peer, row.Input, row.PeerParameters, dy), exact);
    }

    /// <summary>A further library's forward against float64.</summary>
    /// <exception cref="InvalidOperationException">It is off by more than rounding explains.</exception>
    public static void RequireForward(NormCase row, string side, Tensor y)
    {
        using var scope = NewDisposeScope();
        Tensor[] parameters = [.. row.OurParameters.Select(p => p.detach().to(ScalarType.Float64))];
        Compare(row, side, 1000, [y], [row.Reference(row.Input.detach().to(ScalarType.Float64), parameters)]);
    }

    private static Tensor[] Results(NormCase row, Func<Tensor, Tensor> f, Tensor x, Tensor[] parameters, Tensor dy)
    {
        var y = f(x);
        return row.HasBackward ? [y, .. autograd.grad([y], [x, .. parameters], [dy])] : [y];
    }

    // Sums of up to 4e5 terms of order 1 in a type of precision u: errors of u √m in a sum of size √m, ten operations around it.
    // Of the peer we only need to know that it computes the same: ATen's single-precision sums over channels_last are off by 110 u.
    private static void Compare(NormCase row, string side, double roundings, Tensor[] results, Tensor[] exact)
    {
        foreach (var (result, truth) in results.Zip(exact))
        {
            var error = (result.to(ScalarType.Float64) - truth).abs().max().item<double>() / truth.abs().max().item<double>();
            if (!(error <= roundings * finfo(row.Input.dtype).eps))
                throw new InvalidOperationException($"{row}: {side} is off from float64 by {error:g2} of the largest value.");
        }
    }
}
