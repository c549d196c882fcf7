using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Element by element, until the vector kernels are here.</summary>
internal sealed unsafe class ScalarNorm(ScalarType type) : FusedNorm
{
    private static double Get(void* p, nint i, ScalarType t) => t switch
    {
        ScalarType.Float32 => ((float*)p)[i],
        ScalarType.Float64 => ((double*)p)[i],
        ScalarType.Float16 => (double)((Half*)p)[i],
        _ => BitConverter.Int32BitsToSingle(((ushort*)p)[i] << 16),
    };

    private static void Set(void* p, nint i, ScalarType t, double v)
    {
        switch (t)
        {
            case ScalarType.Float32: ((float*)p)[i] = (float)v; break;
            case ScalarType.Float64: ((double*)p)[i] = v; break;
            case ScalarType.Float16: ((Half*)p)[i] = (Half)v; break;
            default:
                var bits = BitConverter.SingleToUInt32Bits((float)v);
                ((ushort*)p)[i] = (ushort)(double.IsNaN(v) ? 0x7fc0 : (bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
                break;
        }
    }

    private delegate void Each(nint i, nint set, nint parameter);

    private static void ForEach(Geometry g, Each each)
    {
        nint i = 0;
        for (nint o = 0; o < g.Outer; o++)
            for (nint s = 0; s < g.Samples; s++)
                for (nint group = 0; group < g.Groups; group++)
                    for (nint c = 0; c < g.Channels; c++)
                        for (nint r = 0; r < g.Run; r++, i++)
                            each(i, o * g.Groups + group, group * g.Channels + c);
    }

    public override void Statistics(in Geometry geometry, void* x, double* mean, double* variance)
    {
        var g = geometry;
        new Span<double>(mean, (int)g.Sets).Clear();
        new Span<double>(variance, (int)g.Sets).Clear();
        ForEach(g, (i, s, _) => mean[s] += Get(x, i, type));
        for (nint s = 0; s < g.Sets; s++) mean[s] /= g.Count;
        ForEach(g, (i, s, _) => variance[s] += Math.Pow(Get(x, i, type) - mean[s], 2));
        for (nint s = 0; s < g.Sets; s++) variance[s] /= g.Count;
    }

    public override void Forward(in Geometry geometry, void* x, void* y, Affine affine, double eps, bool centered, double* mean, double* variance)
    {
        var g = geometry;
        Statistics(g, x, mean, variance);
        if (!centered)
        {
            for (nint s = 0; s < g.Sets; s++) (mean[s], variance[s]) = (0, 0);
            ForEach(g, (i, s, _) => variance[s] += Math.Pow(Get(x, i, type), 2));
            for (nint s = 0; s < g.Sets; s++) variance[s] /= g.Count;
        }
        Apply(g, x, y, affine, eps, mean, variance);
    }

    public override void Apply(in Geometry geometry, void* x, void* y, Affine a, double eps, double* mean, double* variance) =>
        ForEach(geometry, (i, s, p) => Set(y, i, type,
            (Get(x, i, type) - mean[s]) / Math.Sqrt(variance[s] + eps) * (a.Gamma == 0 ? 1 : Get((void*)a.Gamma, p, a.Type)) + (a.Beta == 0 ? 0 : Get((void*)a.Beta, p, a.Type))));

    public override void Backward(in Geometry geometry, void* dy, void* x, void* dx, Affine affine, Affine gradient, double eps, bool centered, double* mean, double* variance) =>
        Backward(geometry, dy, x, dx, affine, gradient, eps, centered, false, mean, variance);

    public override void BackwardApply(in Geometry geometry, void* dy, void* x, void* dx, Affine affine, Affine gradient, double eps, double* mean, double* variance) =>
        Backward(geometry, dy, x, dx, affine, gradient, eps, true, true, mean, variance);

    private void Backward(Geometry g, void* dy, void* x, void* dx, Affine a, Affine d, double eps, bool centered, bool given, double* mean, double* variance)
    {
        var (dgamma, dbeta) = (new double[g.Parameters], new double[g.Parameters]);
        var (m1, m2) = (new double[g.Sets], new double[g.Sets]);
        double Xhat(nint i, nint s) => (Get(x, i, type) - mean[s]) / Math.Sqrt(variance[s] + eps);
        double G(nint i, nint p) => Get(dy, i, type) * (a.Gamma == 0 ? 1 : Get((void*)a.Gamma, p, a.Type));
        ForEach(g, (i, s, p) =>
        {
            dgamma[p] += Get(dy, i, type) * Xhat(i, s);
            dbeta[p] += Get(dy, i, type);
            m1[s] += centered && !given ? G(i, p) / g.Count : 0;
            m2[s] += given ? 0 : G(i, p) * Xhat(i, s) / g.Count;
        });
        if (dx != null) ForEach(g, (i, s, p) => Set(dx, i, type, (G(i, p) - m1[s] - Xhat(i, s) * m2[s]) / Math.Sqrt(variance[s] + eps)));
        for (nint p = 0; p < g.Parameters; p++)
        {
            if (d.Gamma != 0) Set((void*)d.Gamma, p, d.Type, dgamma[p]);
            if (d.Beta != 0) Set((void*)d.Beta, p, d.Type, dbeta[p]);
        }
    }
}
