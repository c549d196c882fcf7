using NormCore.Kernels;

namespace CudaBenchmark.Cases;

/// <summary>The shapes of language models and of residual networks.</summary>
internal static class NormCases
{
    private const int Groups = 32;
    private static readonly long[][] Rows = [[32768, 1024], [32768, 4096], [32768, 8192], [32768, 16384], [4096, 16384]];
    private static readonly long[][] Images = [[32, 64, 56, 56], [128, 256, 28, 28], [256, 512, 14, 14], [64, 2048, 7, 7]];

    public static IEnumerable<NormCase> All(string type)
    {
        CudaElement[] elements = type switch
        {
            "fp32" => [CudaElement.Float32],
            "fp16" => [CudaElement.Float16],
            "bf16" => [CudaElement.BFloat16],
            _ => [CudaElement.BFloat16, CudaElement.Float16, CudaElement.Float32],
        };
        return elements.SelectMany(Of);
    }

    private static IEnumerable<NormCase> Of(CudaElement element)
    {
        foreach (var operation in (string[])["LayerNorm", "RMSNorm", "AddRMSNorm"])
            foreach (var s in Rows)
                yield return new(operation, element, s, new Geometry((nint)s[0], 1, 1, (nint)s[1], 1));
        foreach (var s in Images)
        {
            var (n, c, run) = ((nint)s[0], (nint)s[1], (nint)(s[2] * s[3]));
            yield return new("BatchNorm", element, s, new Geometry(1, n, c, 1, run));
            yield return new("BatchNorm ReLU", element, s, new Geometry(1, n, c, 1, run));
            yield return new("BatchNorm channels last", element, s, new Geometry(1, n * run, c, 1, 1));
            yield return new("GroupNorm", element, s, new Geometry(n, 1, Groups, c / Groups, run));
            yield return new("InstanceNorm", element, s, new Geometry(n, 1, c, 1, run));
        }
    }
}
