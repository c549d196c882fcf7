using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>Self-attention in which position t sees the positions up to t: softmax(QKᵀ/√(D/H) + mask) V, heads side by side, then a linear map.</summary>
/// <remarks>Vaswani et al. 2017, arXiv:1706.03762v7, section 3.2.</remarks>
internal sealed class CausalAttention : nn.Module<Tensor, Tensor>
{
    private readonly int heads;
    private readonly Linear qkv, write;

    /// <param name="width">D.</param>
    /// <param name="heads">H, which divides D.</param>
    public CausalAttention(int width, int heads) : base(nameof(CausalAttention))
    {
        if (width % heads != 0)
            throw new ArgumentException($"{heads} heads cannot share a width of {width}; the width must be a multiple.", nameof(heads));
        this.heads = heads;
        qkv = nn.Linear(width, 3 * width, hasBias: false);
        write = nn.Linear(width, width);
        RegisterComponents();
    }

    /// <param name="x">(N, T, D).</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (n, t, d) = (x.shape[0], x.shape[1], x.shape[2]);
        var parts = qkv.call(x).view(n, t, 3, heads, d / heads).permute(2, 0, 3, 1, 4); // (3, N, H, T, D/H)
        var later = ones([t, t], ScalarType.Bool, x.device).triu(1);
        var scores = parts[0].matmul(parts[1].transpose(-2, -1)) / Math.Sqrt((double)d / heads); // (N, H, T, T)
        var seen = scores.masked_fill(later, double.NegativeInfinity).softmax(-1).matmul(parts[2]); // (N, H, T, D/H)
        return write.call(seen.transpose(1, 2).reshape(n, t, d)).MoveToOuterDisposeScope();
    }
}
