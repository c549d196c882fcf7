using static TorchSharp.torch;

namespace NormCore.Kernels;

// Backward: the sums of this shard, which are its dγ and dβ too; those of all replicas; dx.
internal sealed partial class CudaShardNode
{
    protected override bool IsAwaited => IsInputWanted;

    protected override void Backward(ReadOnlySpan<nint> incoming, Span<nint> gradients)
    {
        using var scope = NewDisposeScope();
        base.Backward([incoming[0] == 0 ? Zeros().Handle : incoming[0]], gradients);
    }

    protected override void Compute(in GivenGradients given, Span<nint> gradients)
    {
        var own = Sums(given); // (2, C)
        for (var i = 0; i < 2; i++)
            if (DataOrNull(gradients, 1 + i) != 0)
                NativeTensor.Copy(gradients[1 + i], own[i].Handle, 0);
        if (!IsInputWanted) return;
        var all = OfAll(own);
        if (!IsEmpty) Input(given, all, gradients[0]);
    }

    protected override Tensor?[] BackwardOfTensors(Tensor?[] incoming)
    {
        var x = Tensor.UnsafeCreateTensor(Kept(0));
        var gamma = HasGamma ? Tensor.UnsafeCreateTensor(Kept(1)) : null;
        var dy = Precision.Widen(incoming[0] ?? Zeros());
        try
        {
            var formulas = SharedBackward.Of(x, IsInputWanted ? SharedMoments.Of(x, group) : Saved(), Call.Eps);
            var own = formulas.Sums(dy);
            return Arranged(IsInputWanted ? formulas.Input(dy, gamma, OfAll(own)).to(Type) : null, own[0], own[1]);
        }
        catch (Exception error)
        {
            group.Keep(error);
            var nan = full([], double.NaN, dy.dtype, dy.device);
            return Arranged(nan.to(Type).expand(Call.Input), nan.expand(Call.Parameters), nan.expand(Call.Parameters));
        }
    }

    private Tensor Sums(in GivenGradients given)
    {
        var sums = zeros([2, Call.Input[1]], ScalarType.Float32, DeviceOfStatistics);
        if (IsEmpty) return sums;
        // γ, which may be of another type than the sums, is not read.
        var call = CallOf(given) with { Gamma = 0, ParameterElement = CudaElement.Float32, DGamma = DataOrNull(sums.Handle), DBeta = DataOrNull(sums[1].Handle) };
        return TryLaunch(call, given.X) ? sums : Formulas(given).Sums(WideDy(given));
    }

    private void Input(in GivenGradients given, Tensor all, nint dx)
    {
        var call = CallOf(given) with
        {
            Dx = DataOrNull(dx),
            MeanMoves = true,
            VarianceMoves = true,
            SumDyXhat = DataOrNull(all.Handle),
            SumDy = DataOrNull(all[1].Handle),
            SumCount = count,
        };
        if (TryLaunch(call, given.X)) return;
        NativeTensor.Copy(dx, Formulas(given).Input(WideDy(given), HasGamma ? NativeTensor.AsTensor(given.Gamma) : null, all).Handle, 0);
    }

    private SharedBackward Formulas(in GivenGradients given) => SharedBackward.Of(NativeTensor.AsTensor(given.X), Saved(), Call.Eps);

    private static Tensor WideDy(in GivenGradients given) => Precision.Widen(NativeTensor.AsTensor(given.Dy));

    // (2, C), in float64 as the moments are.
    private Tensor OfAll(Tensor own) => group.SumInBackward(own.to(ScalarType.Float64)).to(own.dtype);

    private Tensor Zeros() => zeros(Call.Input, Type, DeviceOfStatistics);
}
