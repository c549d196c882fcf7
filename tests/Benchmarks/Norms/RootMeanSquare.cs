using static TorchSharp.torch;

namespace Benchmarks.Norms;

/// <summary>RMSNorm of torch. TorchSharp has no call for ATen's; its script compiler reaches it.</summary>
internal static class RootMeanSquare
{
    public const double Eps = 1e-5;

    private static readonly jit.CompilationUnit Script = jit.compile($"def rms(x, w):\n  return torch.rms_norm(x, w.size(), w, {Eps})\n");

    public static Tensor OfTorch(Tensor x, Tensor gamma) => (Tensor)Script.invoke("rms", x, gamma);

    public static Tensor Composed(Tensor x, Tensor gamma) => x * rsqrt(x.pow(2).mean([-1], keepdim: true) + Eps) * gamma;
}
