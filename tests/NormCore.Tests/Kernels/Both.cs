using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>The fused kernels beside the composed operations: what tests of both ways share.</summary>
internal static class Both
{
    /// <summary>The same without kernels, on this thread.</summary>
    public static T Composed<T>(Func<T> run)
    {
        FusedPath.IsOff = true;
        try
        {
            return run();
        }
        finally
        {
            FusedPath.IsOff = false;
        }
    }

    /// <summary>The values of x (N, C, H, W) in another place of memory.</summary>
    public static Tensor Laid(Tensor x, string layout) => (layout switch
    {
        "channels last" => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2),
        "every second column" => stack([x, x], -1).flatten(3)[.., .., .., TensorIndex.Slice(step: 2)],
        _ => x,
    }).detach();
}
