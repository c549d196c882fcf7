using static TorchSharp.torch;

namespace NormCore.Tests.Layers.Fused;

/// <summary>A layer between a residual sum and a ReLU, run once: on one batch, with random gradients of both outputs.</summary>
internal sealed class FusedRun(FusedCase of, ScalarType type, Func<Tensor, Tensor>? laid = null)
{
    private readonly Tensor[] given = Values(type, laid ?? (x => x));

    /// <summary>Output, sum, dx, dresidual, and the gradients of the parameters, as far as the loss depends on them.</summary>
    /// <param name="forward">The layer fused, or written out.</param>
    /// <param name="relu">Whether with a ReLU.</param>
    /// <param name="loss">Of which outputs the loss is: "output", "sum" or "both".</param>
    public Tensor[] Gradients(Func<Tensor, Tensor, bool, (Tensor Output, Tensor Sum)> forward, bool relu, string loss)
    {
        var (x, residual) = (given[0].detach().requires_grad_(), given[1].detach().requires_grad_());
        var (y, sum) = forward(x, residual, relu);
        (Tensor Value, Tensor Gradient)[] outputs = [(y, given[2]), (sum, given[3])];
        if (loss != "both") outputs = [outputs[loss == "sum" ? 1 : 0]];
        Tensor[] variables = loss == "sum" ? [x, residual] : [x, residual, .. of.Layer.parameters()];
        return [y.detach(), sum.detach(), .. autograd.grad([.. outputs.Select(o => o.Value)], variables, [.. outputs.Select(o => o.Gradient)])];
    }

    /// <summary>The gradient, along random directions, of the gradients of a loss that both outputs bend.</summary>
    public Tensor[] SecondDerivatives(Func<Tensor, Tensor, bool, (Tensor Output, Tensor Sum)> forward, bool relu)
    {
        var (x, residual) = (given[0].detach().requires_grad_(), given[1].detach().requires_grad_());
        var (y, sum) = forward(x, residual, relu);
        Tensor[] variables = [x, residual, .. of.Layer.parameters()];
        var loss = (y.square() * given[2]).sum() + (sum.square() * given[3]).sum();
        var first = autograd.grad([loss], variables, retain_graph: true, create_graph: true);
        var along = first.Select((gradient, i) => (gradient * (i < 2 ? given[4 + i] : variables[i].detach())).sum()).Aggregate((one, other) => one + other);
        return [.. autograd.grad([along], variables)];
    }

    private static Tensor[] Values(ScalarType type, Func<Tensor, Tensor> laid)
    {
        using var random = new Generator(42);
        return [.. Enumerable.Range(0, 6).Select(_ => laid(randn([4, 6, 5, 3], ScalarType.Float64, generator: random).to(type)))];
    }
}
