using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>The kernels of a GPU as an operation of torch; statistics stay in its memory, so that nothing waits for it.</summary>
/// <remarks>Memory comes from torch, on its current stream, so streams and captured graphs treat it as that of any operation.</remarks>
internal sealed unsafe class CudaNode : NormNode
{
    private const int MostWaiting = 256;
    private static readonly ConcurrentQueue<CudaNode> Waiting = new();

    private CudaPlace place = null!;
    private CudaStatistics statistics;
    private RunningAverage? running;

    /// <summary>A node for x; null where there are no kernels for it.</summary>
    public static CudaNode? Rent(NormCall call, Tensor x, RunningAverage? running = null)
    {
        if (!CudaKernels.IsEnabled || (float)call.Eps == 0 || ElementOf(x.dtype) is not { } element) return null;
        if (CudaPlace.Of(x) is not { } place || !CudaNorm.Supports(call.Geometry, element, place.Device.Properties)) return null;
        if (!Waiting.TryDequeue(out var node)) node = new CudaNode();
        (node.Call, node.place, node.running) = (call, place, running);
        return node;
    }

    public override void Take(Tensor mean, Tensor variance) => statistics = CudaStatistics.Of(mean, variance);

    public override Moments Moments(ScalarType type) => statistics.AsMoments(Call);

    protected override nint Compute(nint x, nint gamma, nint beta)
    {
        if (!Call.IsGiven || IsNeeded(x, gamma, beta)) statistics = statistics.Kept(x, Call.Geometry.Sets);
        var y = EmptyLike(x);
        try
        {
            var call = statistics.In(new CudaForward
            {
                Geometry = Call.Geometry, Element = Element, ParameterElement = ParameterElement,
                X = DataOrNull(x), Y = DataOrNull(y), Gamma = DataOrNull(gamma), Beta = DataOrNull(beta),
                Eps = (float)Call.Eps, Centered = Call.IsCentered, IsGiven = Call.IsGiven,
            });
            if (running is { } average) call = average.In(call);
            using var scratch = DeviceTensor.Bytes(CudaNorm.ForwardScratchBytes(call, place.Device.Properties), x);
            CudaNorm.Forward(place.Device, call with { Scratch = scratch.Data }, place.CurrentStream());
            return y;
        }
        catch (CudaException reason)
        {
            CudaKernels.Warn(reason);
            NativeTensor.Delete(y);
            return 0;
        }
    }

    protected override void Compute(nint dy, nint x, nint gamma, Span<nint> gradients)
    {
        try
        {
            var call = statistics.In(new CudaBackward
            {
                Geometry = Call.Geometry, Element = Element, ParameterElement = ParameterElement,
                Dy = DataOrNull(dy), X = DataOrNull(x), Gamma = DataOrNull(gamma),
                Dx = DataOrNull(gradients, 0), DGamma = DataOrNull(gradients, 1), DBeta = DataOrNull(gradients, 2),
                MeanMoves = Call.IsCentered && !Call.IsGiven, VarianceMoves = !Call.IsGiven,
            }, Call.IsCentered);
            using var scratch = DeviceTensor.Bytes(CudaNorm.BackwardScratchBytes(call, place.Device.Properties), x);
            CudaNorm.Backward(place.Device, call with { Scratch = scratch.Data }, place.CurrentStream());
        }
        catch (CudaException reason)
        {
            CudaKernels.Warn(reason);
            Compose(dy, gradients);
        }
    }

    protected override nint EmptyLike(nint x) => NativeTensor.EmptyLike(x);

    protected override void Recycle()
    {
        statistics.Delete();
        (statistics, running) = (default, null);
        if (Waiting.Count < MostWaiting) Waiting.Enqueue(this);
    }

    private CudaElement Element => ElementOf(Type)!.Value;

    private CudaElement ParameterElement => ElementOf(ParameterType)!.Value;

    private void Compose(nint dy, Span<nint> gradients)
    {
        using var scope = NewDisposeScope();
        var composed = BackwardOfTensors(Tensor.UnsafeCreateTensor(NativeTensor.Share(dy)));
        for (var i = 0; i < composed.Length; i++)
        {
            if (composed[i] is not { } gradient) continue;
            NativeTensor.Delete(gradients[i]);
            gradients[i] = NativeTensor.Share(gradient.Handle);
        }
    }

    private static CudaElement? ElementOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => CudaElement.Float32,
        ScalarType.Float16 => CudaElement.Float16,
        ScalarType.BFloat16 => CudaElement.BFloat16,
        _ => null,
    };
}
