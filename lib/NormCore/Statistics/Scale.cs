using static TorchSharp.torch;

namespace NormCore;

/// <summary>Constants to divide by before numbers are squared: a square in float32 overflows from 2e19 on and vanishes below 1e-23.</summary>
internal static class Scale
{
    /// <summary>max |x| over some axes, or <paramref name="atLeast"/> where that is larger; 1 where it is 0 or not finite.</summary>
    /// <returns>The axes kept as 1, without gradient: what is divided by it is multiplied back, so that it cancels.</returns>
    public static Tensor Of(Tensor x, long[] axes, double atLeast = 0)
    {
        if (x.numel() == 0) return ones([], x.dtype, x.device); // torch has no maximum of nothing.
        var scale = x.detach().abs().amax(axes, keepdim: true).clamp_min(atLeast).nan_to_num(1, 1, 1);
        return scale.masked_fill(scale == 0, 1);
    }
}
