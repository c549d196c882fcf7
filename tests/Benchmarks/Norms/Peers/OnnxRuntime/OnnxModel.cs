namespace Benchmarks.Norms.Peers;

/// <summary>The smallest ONNX file: one node, whose inputs and output are those of the graph, in float32.</summary>
/// <remarks>Field numbers are those of onnx.proto; the operations are those of operator set 17.</remarks>
internal static class OnnxModel
{
    public const string Output = "y";

    private const int IrVersion = 8, OperatorSet = 17, Float32 = 1, FloatAttribute = 1;

    public static string Input(int index) => $"x{index}";

    public static byte[] OfOneNode(string operation, float eps, long[][] shapes)
    {
        var attribute = new ProtobufWriter().Text(1, "epsilon").Single(2, eps).Integer(20, FloatAttribute);
        var node = new ProtobufWriter();
        for (var i = 0; i < shapes.Length; i++) node.Text(1, Input(i));
        node.Text(2, Output).Text(4, operation).Message(5, attribute);
        var graph = new ProtobufWriter().Message(1, node).Text(2, operation);
        for (var i = 0; i < shapes.Length; i++) graph.Message(11, Value(Input(i), shapes[i]));
        graph.Message(12, Value(Output, shapes[0]));
        var operators = new ProtobufWriter().Text(1, "").Integer(2, OperatorSet);
        return new ProtobufWriter().Integer(1, IrVersion).Message(7, graph).Message(8, operators).ToArray();
    }

    private static ProtobufWriter Value(string name, long[] shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (var length in shape) dimensions.Message(1, new ProtobufWriter().Integer(1, length));
        var tensor = new ProtobufWriter().Integer(1, Float32).Message(2, dimensions);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
