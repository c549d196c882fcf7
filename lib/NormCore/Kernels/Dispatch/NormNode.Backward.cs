using static TorchSharp.torch;

namespace NormCore.Kernels;

// Gradients go in the order x, γ, β, residual, each only where there is one. x and the residual have the same; torch drops that of x where it needs none.
internal abstract partial class NormNode
{
    private (bool X, bool Gamma, bool Beta, bool Residual) wanted;
    private int residualIndex = -1;

    /// <summary>Whether there is to be a gradient of x, or of x + residual.</summary>
    protected bool IsInputWanted => wanted.X || wanted.Residual;

    /// <summary>dx, dγ and dβ; new tensors are there already for those that are wanted.</summary>
    protected abstract void Compute(in GivenGradients given, Span<nint> gradients);

    protected override void Backward(ReadOnlySpan<nint> incoming, Span<nint> gradients)
    {
        using var x = new OwnedTensor(Kept(0));
        using var gamma = new OwnedTensor(HasGamma ? Kept(1) : 0);
        using var beta = new OwnedTensor(HasKeptBeta ? Kept(2) : 0);
        using var dy = new OwnedTensor(Ordered(incoming[0], x.Handle));
        using var sum = new OwnedTensor(incoming.Length > 1 ? Ordered(incoming[1], x.Handle) : 0);
        if (dy.Handle == 0)
        {
            gradients[0] = NativeTensor.Share(sum.Handle); // The loss depends on the sum alone.
        }
        else
        {
            if (IsInputWanted) gradients[0] = EmptyLike(x.Handle);
            if (wanted.Gamma) gradients[1] = NativeTensor.EmptyLike(gamma.Handle);
            if (wanted.Beta) gradients[2] = NativeTensor.EmptyLike(gamma.Handle);
            Compute(new GivenGradients(dy.Handle, x.Handle, gamma.Handle, beta.Handle, sum.Handle), gradients);
        }
        if (wanted.Residual) gradients[residualIndex] = NativeTensor.Share(gradients[0]);
    }

    protected override Tensor?[] BackwardOfTensors(Tensor?[] incoming)
    {
        var x = Tensor.UnsafeCreateTensor(Kept(0));
        var gamma = HasGamma ? Tensor.UnsafeCreateTensor(Kept(1)) : null;
        var beta = HasKeptBeta ? Tensor.UnsafeCreateTensor(Kept(2)) : null;
        var (dx, dgamma, dbeta) = incoming[0] is { } dy ? Composed(dy, x, gamma, beta) : default;
        if (incoming.Length > 1 && incoming[1] is { } sum) dx = dx is null ? sum : dx.reshape(Call.Input) + sum;
        return Arranged(dx, dgamma, dbeta);
    }

    /// <summary>Gradients in the order of the inputs, in their shapes and types.</summary>
    protected Tensor?[] Arranged(Tensor? dx, Tensor? dgamma, Tensor? dbeta)
    {
        var arranged = new Tensor?[MostInputs];
        if (IsInputWanted) arranged[0] = dx?.reshape(Call.Input);
        if (wanted.Gamma) arranged[1] = dgamma?.to(ParameterType).view(Call.Parameters);
        if (wanted.Beta) arranged[2] = dbeta?.to(ParameterType).view(Call.Parameters);
        if (wanted.Residual) arranged[residualIndex] = arranged[0];
        return arranged;
    }

    protected override long[] ShapeOfInput(int input) => input == 0 || input == residualIndex ? Call.Input : Call.Parameters;

    private (Tensor? X, Tensor? Gamma, Tensor? Beta) Composed(Tensor dy, Tensor x, Tensor? gamma, Tensor? beta)
    {
        var given = Call.IsGiven ? Moments(Precision.OfStatistics(Type)) : null;
        long[] seen = [.. Call.FeatureAxes.Select(axis => Call.Shape[axis])];
        return ComposedBackward.Gradients(
            Call, dy.reshape(Call.Shape), x.reshape(Call.Shape), gamma?.view(seen), beta?.view(seen), given, (IsInputWanted, wanted.Gamma, wanted.Beta));
    }

    // The gradient itself where the kernels can read it as they read x, else a copy; 0 for none.
    private nint Ordered(nint gradient, nint x)
    {
        if (gradient == 0) return 0;
        if (NativeTensor.Type(gradient) == NativeTensor.Type(x) && MemoryOrder.IsShared(gradient, x, Call.Input)) return NativeTensor.Share(gradient);
        var ordered = EmptyLike(x);
        NativeTensor.Copy(ordered, gradient, 0);
        return ordered;
    }
}
