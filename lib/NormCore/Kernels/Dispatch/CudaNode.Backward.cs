using static TorchSharp.torch;

namespace NormCore.Kernels;

// Backward, by kernels or, where a launch fails, composed.
internal partial class CudaNode
{
    protected override void Compute(in GivenGradients given, Span<nint> gradients)
    {
        var call = CallOf(given) with
        {
            Dx = DataOrNull(gradients, 0),
            DGamma = DataOrNull(gradients, 1),
            DBeta = DataOrNull(gradients, 2),
            MeanMoves = Call.IsCentered && !Call.IsGiven,
            VarianceMoves = !Call.IsGiven,
        };
        if (!TryLaunch(call, given.X)) Compose(given, gradients);
    }

    /// <summary>A backward pass without what it is to compute.</summary>
    protected CudaBackward CallOf(in GivenGradients given) => Statistics.In(
        new CudaBackward
        {
            Geometry = Call.Geometry,
            Element = Element,
            ParameterElement = ParameterElement,
            Dy = DataOrNull(given.Dy),
            X = DataOrNull(given.X),
            Gamma = DataOrNull(given.Gamma),
            Beta = DataOrNull(given.Beta),
            SumGradient = DataOrNull(given.Sum),
            Relu = Call.HasRelu,
        },
        Call.IsCentered);

    /// <summary>Launches a backward pass; false, and a warning, where that fails.</summary>
    protected bool TryLaunch(in CudaBackward call, nint beside)
    {
        try
        {
            using var scratch = DeviceTensor.Bytes(CudaNorm.BackwardScratchBytes(call, Place.Device.Properties), beside);
            CudaNorm.Backward(Place.Device, call with { Scratch = scratch.Data }, Place.CurrentStream());
            return true;
        }
        catch (CudaException reason)
        {
            CudaKernels.Warn(reason);
            return false;
        }
    }

    private void Compose(in GivenGradients given, Span<nint> gradients)
    {
        using var scope = NewDisposeScope();
        var composed = BackwardOfTensors(NativeTensor.AsTensors([given.Dy, given.Sum]));
        for (var i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] == 0 || composed[i] is not { } gradient) continue;
            NativeTensor.Delete(gradients[i]);
            gradients[i] = NativeTensor.Share(gradient.Handle);
        }
    }
}
