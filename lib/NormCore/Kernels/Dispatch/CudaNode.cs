using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>The kernels of a GPU as an operation of torch; statistics stay in its memory, so that nothing waits for it.</summary>
/// <remarks>Memory comes from torch, on its current stream, so streams and captured graphs treat it as that of any operation.</remarks>
internal partial class CudaNode : NormNode
{
    private const int MostWaiting = 256;
    private static readonly ConcurrentQueue<CudaNode> Waiting = new();

    private RunningAverage? running;

    /// <summary>A node for x; null where there are no kernels for it.</summary>
    public static CudaNode? Rent(NormCall call, Tensor x, Fusion? fusion = null, RunningAverage? running = null)
    {
        if (PlaceFor(call, x) is not { } place || fusion?.IsReadable(x, call.Input) == false) return null;
        if (!Waiting.TryDequeue(out var node)) node = new CudaNode();
        (node.Call, node.Place, node.Fusion, node.running) = (call with { HasRelu = fusion is { HasRelu: true } }, place, fusion, running);
        return node;
    }

    public override void Take(Tensor mean, Tensor variance) => Statistics = CudaStatistics.Of(mean, variance);

    public override Moments Moments(ScalarType type) => Statistics.AsMoments(Call);

    /// <summary>Where the kernels are launched.</summary>
    protected CudaPlace Place { get; set; } = null!;

    protected CudaStatistics Statistics { get; set; }

    /// <summary>Where kernels for x are launched; null where there are none.</summary>
    protected static CudaPlace? PlaceFor(NormCall call, Tensor x)
    {
        if (!CudaKernels.IsEnabled || (float)call.Eps == 0 || ElementOf(x.dtype) is not { } element || CudaPlace.Of(x) is not { } place) return null;
        return call.Geometry.Elements == 0 || CudaNorm.Supports(call.Geometry, element, place.Device.Properties) ? place : null;
    }

    protected override nint Compute(nint x, nint gamma, nint beta)
    {
        var residual = Fusion?.Residual;
        if (!Call.IsGiven || IsNeeded(x, gamma, beta, residual?.Handle ?? 0)) Statistics = Statistics.Kept(x, Call.Geometry.Sets);
        var y = EmptyLike(x);
        Sum = residual is null ? 0 : EmptyLike(x);
        try
        {
            var call = Statistics.In(new CudaForward
            {
                Geometry = Call.Geometry,
                Element = Element,
                ParameterElement = ParameterElement,
                X = DataOrNull(x),
                Residual = DataOrNull(residual?.Handle ?? 0),
                Sum = DataOrNull(Sum),
                Y = DataOrNull(y),
                Gamma = DataOrNull(gamma),
                Beta = DataOrNull(beta),
                Eps = (float)Call.Eps,
                Centered = Call.IsCentered,
                IsGiven = Call.IsGiven,
                Relu = Call.HasRelu,
            });
            if (running is { } average) call = average.In(call);
            using var scratch = DeviceTensor.Bytes(CudaNorm.ForwardScratchBytes(call, Place.Device.Properties), x);
            CudaNorm.Forward(Place.Device, call with { Scratch = scratch.Data }, Place.CurrentStream());
            return y;
        }
        catch (CudaException reason)
        {
            CudaKernels.Warn(reason);
            NativeTensor.Delete(y);
            if (Sum != 0) NativeTensor.Delete(Sum);
            Sum = 0;
            return 0;
        }
    }

    protected override nint EmptyLike(nint x) => NativeTensor.EmptyLike(x);

    protected override void Recycle()
    {
        Release();
        if (Waiting.Count < MostWaiting) Waiting.Enqueue(this);
    }

    /// <summary>Lets go of everything.</summary>
    protected void Release()
    {
        Statistics.Delete();
        (Statistics, Fusion, running) = (default, null, null);
    }

    private CudaElement Element => ElementOf(Type)!.Value;

    private CudaElement ParameterElement => ElementOf(ParameterType)!.Value;

    /// <summary>The type in the kernels' words; null where they do not have it.</summary>
    protected static CudaElement? ElementOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => CudaElement.Float32,
        ScalarType.Float16 => CudaElement.Float16,
        ScalarType.BFloat16 => CudaElement.BFloat16,
        _ => null,
    };
}
