using static TorchSharp.torch;

namespace NormLab.Tests.Landscape;

/// <summary>Weights w, (P), whose loss is the quadratic function ½ wᵀHw + c.</summary>
internal sealed class QuadraticNetwork : nn.Module
{
    private readonly Tensor hessian;
    private readonly double constant;
    private readonly TorchSharp.Modules.Parameter w;

    public QuadraticNetwork(double[] eigenvalues, double[] at, double constant = 0)
        : base(nameof(QuadraticNetwork))
    {
        hessian = diag(tensor(eigenvalues)).DetachFromDisposeScope();
        w = new TorchSharp.Modules.Parameter(tensor(at).DetachFromDisposeScope());
        this.constant = constant;
        register_parameter("w", w);
    }

    public Tensor Loss() => w.dot(hessian.mv(w)) / 2 + constant;

    protected override void Dispose(bool disposing)
    {
        hessian.Dispose();
        base.Dispose(disposing);
    }
}
