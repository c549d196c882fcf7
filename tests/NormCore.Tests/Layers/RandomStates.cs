using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

internal static class RandomStates
{
    /// <summary>Gives every parameter and statistic of a layer a random value; variances and norms a positive one.</summary>
    public static TLayer Randomize<TLayer>(this RandomLayers random, TLayer layer) where TLayer : nn.Module
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (key, value) in layer.state_dict())
        {
            if (!value.is_floating_point()) continue;
            var normal = random.Normal(value.shape);
            value.copy_(key is "running_var" or "running_norm" or "weight_g" ? normal.square() + 0.5 : normal);
        }
        return layer;
    }

    /// <summary>y and the gradients of Σ y dy with respect to x and to the layer's parameters, in the order of their names.</summary>
    public static Tensor[] Run(this nn.Module<Tensor, Tensor> layer, Tensor values, Tensor dy)
    {
        layer.zero_grad();
        var x = values.detach().clone().requires_grad_();
        var y = layer.call(x);
        (y * dy).sum().backward();
        var parameters = layer.named_parameters().OrderBy(named => named.name, StringComparer.Ordinal);
        return [y.detach(), x.grad!, .. parameters.Select(named => named.parameter.grad!.clone())];
    }

    /// <summary>Equal but for the roundings of two backward-stable computations in float64 on numbers of order 10 at most.</summary>
    public static void RequireSame(IEnumerable<Tensor> ours, IEnumerable<Tensor> theirs)
    {
        Assert.Equal(ours.Count(), theirs.Count());
        foreach (var (our, their) in ours.Zip(theirs)) Assert.True(our.allclose(their, 1e-11, 1e-11));
    }
}
