using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;
using ElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Benchmarks.Norms.Peers;

/// <summary>A model of one node, bound to the memory of torch's tensors, which must live as long.</summary>
internal sealed class OnnxNorm : PeerForward
{
    private const float Eps = 1e-5f;

    private readonly List<OrtValue> values = [];
    private readonly SessionOptions options = new() { IntraOpNumThreads = get_num_threads() };
    private readonly RunOptions run = new();
    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;

    public OnnxNorm(string operation, params Tensor[] inputs)
        : base(inputs[0])
    {
        // Spinning on, as by default, but not into the time of whoever is measured next.
        options.AddSessionConfigEntry("session.force_spinning_stop", "1");
        session = new InferenceSession(OnnxModel.OfOneNode(operation, Eps, [.. inputs.Select(input => input.shape)]), options);
        binding = session.CreateIoBinding();
        for (var i = 0; i < inputs.Length; i++) binding.BindInput(OnnxModel.Input(i), Value(inputs[i]));
        binding.BindOutput(OnnxModel.Output, Value(Output));
    }

    public override void Run() => session.RunWithBinding(run, binding);

    public override void Dispose()
    {
        binding.Dispose();
        session.Dispose();
        run.Dispose();
        options.Dispose();
        foreach (var value in values) value.Dispose();
        Output.Dispose();
    }

    private OrtValue Value(Tensor tensor)
    {
        var value = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, ElementType.Float, tensor.shape, Address(tensor), tensor.numel() * sizeof(float));
        values.Add(value);
        return value;
    }
}
