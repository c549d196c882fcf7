using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>Runs a case on a device and holds it against the reference.</summary>
internal sealed partial class Solver : IDisposable
{
    private readonly CudaCase of;
    private readonly CudaDevice device;
    private readonly Random random = new(7);
    private readonly List<DeviceMemory> memory = [];
    private readonly DeviceMemory x, residual, sum, y, gamma, beta, mean, rest, variance, rstd, runningMean, runningVariance;
    private readonly DeviceMemory dy, more, dx, dgamma, dbeta;

    public Solver(CudaCase of, CudaDevice device)
    {
        (this.of, this.device) = (of, device);
        var geometry = of.Geometry;
        DeviceMemory Elements() => Take(geometry.Elements, of.Element, of.Skew);
        DeviceMemory Parameters() => Take(geometry.Parameters, of.Parameter, of.Skew);
        DeviceMemory Statistics() => Take(geometry.Sets, CudaElement.Float32, 0);
        (x, residual, sum, y, dy, more, dx) = (Elements(), Elements(), Elements(), Elements(), Elements(), Elements(), Elements());
        (gamma, beta, dgamma, dbeta) = (Parameters(), Parameters(), Parameters(), Parameters());
        (mean, rest, variance, rstd, runningMean, runningVariance) = (Statistics(), Statistics(), Statistics(), Statistics(), Statistics(), Statistics());
        Fill(x, of.Mean, 1);
        Fill(residual, 0.1, 0.5);
        Fill(dy, 0.1, 1);
        Fill(more, 0.2, 1);
        Fill(gamma, 1, 0.3);
        Fill(beta, 0.1, 0.3);
        Fill(runningMean, 0, 1);
        variance.Set([.. Numbers(geometry.Sets, 0, 1).Select(value => value * value + 0.3)]);
        if (of.IsGiven) Fill(mean, 0.3, 1);
        if (of.IsGiven) rest.Set(new double[geometry.Sets]);
        runningVariance.Set([.. Enumerable.Repeat(2.0, (int)geometry.Sets)]);
    }

    /// <summary>Forward and backward; the largest error in units of what rounding explains, which must be below 1.</summary>
    public void Check()
    {
        double[] before = [.. runningMean.Get()], given = variance.Get();
        Forward();
        var reference = new Reference(of, Normalized.Get(), gamma.Get(), beta.Get(), of.IsGiven ? mean.Get() : null, of.IsGiven ? given : null);
        var (u, v) = (DeviceMemory.Rounding(of.Element), DeviceMemory.Rounding(of.Parameter));
        // A dozen roundings of float32 in sums and factors of a few units, then one of the type.
        const double Float = 2e-5;
        if (of.Residual) Compare("sum", sum.Get(), [.. x.Get().Zip(residual.Get(), (a, b) => a + b)], i => u, relative: true);
        Compare("y", y.Get(), reference.Y, i => u * Math.Abs(reference.Y[i]) + Float);
        Compare("rstd", rstd.Get(), [.. Enumerable.Range(0, reference.Variance.Length).Select(reference.Rstd)], i => Float, relative: true);
        if (of is { IsGiven: false, Centered: true })
        {
            double[] whole = [.. mean.Get().Zip(rest.Get(), (a, b) => a + b)];
            Compare("mean", whole, reference.Mean, i => 1e-6 * (1 + Math.Sqrt(reference.Variance[i])));
            Compare("variance", variance.Get(), reference.Variance, i => Float, relative: true);
        }
        if (of.Running) CheckRunning(reference, before);

        Backward();
        var (wantedDx, wantedDGamma, wantedDBeta, size) = reference.Backward(dy.Get(), of.SumGradient ? more.Get() : new double[x.Count], moves: !of.IsGiven);
        Compare("dx", dx.Get(), wantedDx, i => u * Math.Abs(wantedDx[i]) + 2 * Float);
        Compare("dgamma", dgamma.Get(), wantedDGamma, i => v * Math.Abs(wantedDGamma[i]) + Float / 10 * (1 + size[i]));
        Compare("dbeta", dbeta.Get(), wantedDBeta, i => v * Math.Abs(wantedDBeta[i]) + Float / 10 * (1 + size[i]));
    }

    /// <summary>The bytes of all results.</summary>
    public byte[] Results()
    {
        Forward();
        Backward();
        DeviceMemory[] all = [sum, y, mean, rest, variance, rstd, runningMean, runningVariance, dx, dgamma, dbeta];
        return [.. all.SelectMany(one => one.Bytes())];
    }

    public void Dispose() => memory.ForEach(one => one.Dispose());

    private DeviceMemory Normalized => of.Residual ? sum : x;

    private void Forward()
    {
        var call = ForwardCall();
        using var scratch = new DeviceMemory(CudaNorm.ForwardScratchBytes(call, device.Properties) / 4);
        CudaNorm.Forward(device, call with { Scratch = scratch.At }, 0);
    }

    private void Backward()
    {
        var call = BackwardCall();
        using var scratch = new DeviceMemory(CudaNorm.BackwardScratchBytes(call, device.Properties) / 4);
        CudaNorm.Backward(device, call with { Scratch = scratch.At }, 0);
    }

    private CudaForward ForwardCall() => new()
    {
        Geometry = of.Geometry,
        Element = of.Element,
        ParameterElement = of.Parameter,
        X = x.At,
        Y = y.At,
        Gamma = gamma.At,
        Beta = beta.At,
        Residual = of.Residual ? residual.At : 0,
        Sum = of.Residual ? sum.At : 0,
        Mean = of.Centered ? mean.At : 0,
        Rest = of.Centered ? rest.At : 0,
        Variance = variance.At,
        Rstd = rstd.At,
        Eps = of.Eps,
        Centered = of.Centered,
        IsGiven = of.IsGiven,
        Relu = of.Relu,
        Kept = 1 - CudaCase.Weight,
        Weight = CudaCase.Weight,
        RunningMean = of.Running ? runningMean.At : 0,
        RunningVariance = of.Running ? runningVariance.At : 0,
    };

    private CudaBackward BackwardCall() => new()
    {
        Geometry = of.Geometry,
        Element = of.Element,
        ParameterElement = of.Parameter,
        Dy = dy.At,
        X = Normalized.At,
        Gamma = gamma.At,
        Beta = beta.At,
        Mean = of.Centered ? mean.At : 0,
        Rest = of.Centered ? rest.At : 0,
        Rstd = rstd.At,
        Dx = dx.At,
        DGamma = dgamma.At,
        DBeta = dbeta.At,
        MeanMoves = of.Centered && !of.IsGiven,
        VarianceMoves = !of.IsGiven,
        Relu = of.Relu,
        SumGradient = of.SumGradient ? more.At : 0,
    };

    private void CheckRunning(Reference reference, double[] before)
    {
        double count = of.Geometry.Count;
        Compare("running mean", runningMean.Get(), [.. reference.Mean.Select((m, i) => 0.9 * before[i] + 0.1 * m)], i => 1e-5);
        Compare("running variance", runningVariance.Get(), [.. reference.Variance.Select(s => 0.9 * 2 + 0.1 * s * count / (count - 1))], i => 1e-5);
    }

    private void Compare(string what, double[] found, double[] wanted, Func<int, double> tolerance, bool relative = false)
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            var allowed = tolerance(i) * (relative ? Math.Abs(wanted[i]) : 1);
            if (!(Math.Abs(found[i] - wanted[i]) <= allowed))
                Assert.Fail($"{what}[{i}] is {found[i]:R} and should be {wanted[i]:R} within {allowed:G3}: {of}");
        }
    }

    private DeviceMemory Take(long n, CudaElement element, int skew)
    {
        memory.Add(new DeviceMemory(n, element, skew));
        return memory[^1];
    }

    private void Fill(DeviceMemory to, double center, double spread) => to.Set(Numbers(to.Count, center, spread));

    // Uniform with the given standard deviation.
    private double[] Numbers(long n, double center, double spread) =>
        [.. Enumerable.Range(0, (int)n).Select(_ => center + spread * Math.Sqrt(12) * (random.NextDouble() - 0.5))];
}
