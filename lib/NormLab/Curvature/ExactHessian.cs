using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>Whole Hessian matrices by differentiating twice: for up to some thousand weights.</summary>
public static class ExactHessian
{
    /// <summary>The matrix of an operator, one product per column.</summary>
    /// <param name="hessian">The operator.</param>
    /// <returns>(P, P); the caller disposes it.</returns>
    public static Tensor Of(LossHessian hessian)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        using var scope = NewDisposeScope();
        using var unit = eye(hessian.Size, dtype: hessian.Gradient.dtype, device: hessian.Gradient.device);
        return stack([.. Enumerable.Range(0, (int)hessian.Size).Select(i => hessian.Times(unit[i]))], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The second derivative of a function of one vector.</summary>
    /// <param name="function">f, from (P) to a scalar.</param>
    /// <param name="at">Where, (P).</param>
    /// <returns>(P, P); the caller disposes it.</returns>
    public static Tensor Of(Func<Tensor, Tensor> function, Tensor at)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(at);
        using var scope = NewDisposeScope();
        var w = at.detach().clone().requires_grad_();
        var gradient = autograd.grad([function(w)], [w], retain_graph: true, create_graph: true)[0];
        return stack([.. Enumerable.Range(0, (int)at.numel()).Select(i => autograd.grad([gradient[i]], [w], retain_graph: true)[0])]).MoveToOuterDisposeScope();
    }
}
