using NormCore.Kernels;

namespace CudaBenchmark.Cases;

/// <summary>One row of the table.</summary>
/// <param name="Operation">What is computed.</param>
/// <param name="Element">The type of x, γ and β.</param>
/// <param name="Shape">The shape of x as PyTorch has it.</param>
/// <param name="Geometry">The same as sets.</param>
internal sealed record NormCase(string Operation, CudaElement Element, long[] Shape, Geometry Geometry)
{
    public bool IsCentered => !Operation.Contains("RMSNorm", StringComparison.Ordinal);

    public bool HasResidual => Operation.StartsWith("Add", StringComparison.Ordinal);

    public bool HasRelu => Operation.EndsWith("ReLU", StringComparison.Ordinal);

    public bool Tracks => Operation.StartsWith("BatchNorm", StringComparison.Ordinal);

    public int ElementBytes => Element == CudaElement.Float32 ? 4 : 2;

    /// <summary>What must be moved once: x and y, and what goes with a residual.</summary>
    public long ForwardBytes => (HasResidual ? 4 : 2) * Geometry.Elements * ElementBytes;

    /// <summary>dy, x and dx.</summary>
    public long BackwardBytes => 3L * Geometry.Elements * ElementBytes;

    public string TypeName => Element switch { CudaElement.Float32 => "fp32", CudaElement.Float16 => "fp16", _ => "bf16" };

    /// <summary>The same with no more elements: fewer samples, and where one is left, fewer channels.</summary>
    public NormCase Reduced(long elements)
    {
        var g = Geometry;
        nint Shrunk(nint length, nint rest) => (nint)Math.Clamp(elements / rest, Math.Min(2, (long)length), length);
        g = g with { Outer = Shrunk(g.Outer, g.Samples * g.Stride) };
        g = g with { Samples = Shrunk(g.Samples, g.Outer * g.Stride) };
        g = g with { Groups = Shrunk(g.Groups, g.Outer * g.Samples * g.Length) };
        return this with { Geometry = g };
    }

    public override string ToString() => $"{Operation} {TypeName} {string.Join('×', Shape)}";
}
