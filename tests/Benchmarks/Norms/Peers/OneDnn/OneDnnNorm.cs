using static Benchmarks.Norms.Peers.OneDnnNative;
using static TorchSharp.torch;

namespace Benchmarks.Norms.Peers;

/// <summary>A normalization of oneDNN on the memory of torch's tensors, which must live as long.</summary>
internal sealed unsafe class OneDnnNorm : PeerForward
{
    private const float Eps = 1e-5f;

    private static readonly nint Engine = CreateEngine(), Stream = CreateStream();

    private readonly Argument[] arguments;
    private readonly nint primitive;

    private OneDnnNorm(NormCase row, in NormDescription norm, Tensor mean, Tensor variance)
        : base(row.Input)
    {
        Check(dnnl_primitive_desc_create(out var description, norm, 0, Engine, 0), $"primitive_desc_create of {row}");
        Check(dnnl_primitive_create(out primitive, description), "primitive_create");
        _ = dnnl_primitive_desc_destroy(description);
        arguments =
        [
            new(Source, Memory(row.Input)), new(Destination, Memory(Output)), new(Mean, Memory(mean)), new(Variance, Memory(variance)),
            new(Scale, Memory(row.OurParameters[0])), new(Shift, Memory(row.OurParameters[1])),
        ];
    }

    /// <summary>Statistics per channel, written in training and read in evaluation.</summary>
    public static OneDnnNorm Batch(NormCase row, int propagation, uint flags)
    {
        Check(dnnl_batch_normalization_forward_desc_init(out var norm, propagation, Describe(row.Input), Eps, flags), "batch_normalization_forward_desc_init");
        return new(row, norm, zeros(row.Input.shape[1]), ones(row.Input.shape[1]));
    }

    /// <summary>Statistics per row, written out for a backward.</summary>
    public static OneDnnNorm Layer(NormCase row)
    {
        Tensor mean = empty(row.Input.shape[0]), variance = empty(row.Input.shape[0]);
        Check(
            dnnl_layer_normalization_forward_desc_init(out var norm, ForwardTraining, Describe(row.Input), Describe(mean), Eps, UseScaleAndShift),
            "layer_normalization_forward_desc_init");
        return new(row, norm, mean, variance);
    }

    public override void Run()
    {
        fixed (Argument* first = arguments) Check(dnnl_primitive_execute(primitive, Stream, arguments.Length, first), "primitive_execute");
        Check(dnnl_stream_wait(Stream), "stream_wait");
    }

    public override void Dispose()
    {
        _ = dnnl_primitive_destroy(primitive);
        foreach (var argument in arguments) _ = dnnl_memory_destroy(argument.Memory);
        Output.Dispose();
    }

    private static nint Memory(Tensor tensor)
    {
        Check(dnnl_memory_create(out var memory, Describe(tensor), Engine, Address(tensor)), "memory_create");
        return memory;
    }

    private static MemoryDescription Describe(Tensor tensor)
    {
        Check(dnnl_memory_desc_init_by_strides(out var description, (int)tensor.dim(), tensor.shape, Float32, tensor.stride()), "memory_desc_init_by_strides");
        return description;
    }

    private static nint CreateEngine()
    {
        Check(dnnl_engine_create(out var engine, Cpu, 0), "engine_create");
        return engine;
    }

    private static nint CreateStream()
    {
        Check(dnnl_stream_create(out var stream, Engine, InOrder), "stream_create");
        return stream;
    }
}
