using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>The ONNX backend's node tests of normalizing operators, run by the library's layers.</summary>
public class OnnxTests
{
    public static TheoryData<string> Ids => SharedSuite.Onnx.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_layers_give_the_outputs_of_the_ONNX_node(string id)
    {
        var node = SharedSuite.Onnx.Case(id);
        using var scope = NewDisposeScope();
        var run = OnnxRunner.Run(node);
        Assert.Equal(node.Expected.Select(t => t.Name).Order(), run.Keys.Order());
        Assert.Empty(node.Expected.Select(t => GoldenComparison.Failure(node, t.Name, run[t.Name], Bound(node, t.Name))).OfType<string>());
    }

    // Both sides are computed in float32, theirs by NumPy. Each passes about ten operations of relative error u and two means of
    // m ≤ 120 elements: together k = 2 (10 + 2 log₂ 120) < 48, and k u times the largest sum of the terms' magnitudes bounds the
    // difference. The terms are |γ x̂| ≤ |y| + |β|, the |γ| of a mean of deviations, and |β|; those of statistics are at most |x|.
    private static double Bound(GoldenCase node, string name)
    {
        var terms = name is "y" or "Y"
            ? Largest(node, name) + Math.Max(1, Largest(node, "s", "scale", "W")) + 2 * Largest(node, "bias", "B")
            : Largest(node, name) + Largest(node, "x", "X");
        return 48 * finfo(ScalarType.Float32).eps * terms;
    }

    private static double Largest(GoldenCase node, params string[] names) =>
        names.Where(node.Has).Select(name => (double)node.Get(name).to(ScalarType.Float32).abs().max().item<float>()).DefaultIfEmpty(0).Max();
}
