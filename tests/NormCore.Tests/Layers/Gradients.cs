using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>One forward and one backward pass.</summary>
internal static class Gradients
{
    /// <summary>y, dx and the gradients of the parameters, for the loss Σ dy y.</summary>
    public static Tensor[] Of(nn.Module<Tensor, Tensor> layer, Tensor values, Tensor dy)
    {
        var x = values.detach().requires_grad_();
        var y = layer.call(x);
        Tensor[] variables = [x, .. layer.parameters()];
        return [y.detach(), .. autograd.grad([y], variables, [dy])];
    }

    /// <summary>The first differing tensor in words, or null where all agree to a relative error of the largest element.</summary>
    public static string? Difference(Tensor[] actual, Tensor[] expected, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (i, (one, other)) in actual.Zip(expected).Index())
        {
            if (one.numel() == 0 && other.numel() == 0) continue;
            var (error, size) = ((one - other).abs().max().item<double>(), other.abs().max().item<double>());
            if (!(error <= relative * size)) return $"tensor {i} differs by {error:g3} of {size:g3}";
        }
        return null;
    }
}
