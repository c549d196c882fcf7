using static TorchSharp.torch;

namespace NormLab.Curvature;

internal static class Probes
{
    /// <summary>A random vector of signs: E[v vᵀ] = I, and ‖v‖² = P exactly.</summary>
    public static Tensor Signs(Tensor like, Generator generator)
    {
        using var scope = NewDisposeScope();
        var bits = randint(0, 2, [like.numel()], generator: generator); // (P), on the generator's device, the CPU
        return (bits * 2 - 1).to(like.dtype, like.device).MoveToOuterDisposeScope();
    }
}
