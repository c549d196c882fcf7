using CudaBenchmark.Device;
using NormCore.Kernels;

namespace CudaBenchmark.Cases;

/// <summary>A case in the device's memory, ready to be launched again and again.</summary>
internal sealed class NormRun
{
    public const float Eps = 1e-5f;

    private readonly Workplace place;
    private readonly CudaForward forward;
    private readonly CudaBackward backward;

    public NormRun(Workplace place, NormCase row, bool fill)
    {
        (this.place, Case) = (place, row);
        var g = row.Geometry;
        long elements = g.Elements * row.ElementBytes, parameters = g.Parameters * row.ElementBytes, sets = 4L * g.Sets;
        X = Filled(elements, g.Elements, 1, 0.5f, 2);
        Dy = Filled(elements, g.Elements, 2, 0.1f, 1);
        Residual = row.HasResidual ? Filled(elements, g.Elements, 3, 0, 1) : default;
        Gamma = Filled(parameters, g.Parameters, 4, 1, 0.5f);
        Beta = row.IsCentered ? Filled(parameters, g.Parameters, 5, 0.2f, 1) : default;
        var (mean, rest) = row.IsCentered ? (place.Allocate(sets), place.Allocate(sets)) : (0, 0);
        var rstd = place.Allocate(sets);
        var sum = row.HasResidual ? place.Allocate(elements) : 0;
        (RunningMean, RunningVariance) = row.Tracks ? (place.Allocate(4 * g.Groups), place.Allocate(4 * g.Groups)) : (0, 0);
        foreach (var running in (nint[])[RunningMean, RunningVariance])
            if (running != 0) place.Functions.Fill(running, 0, 4 * g.Groups);

        forward = new()
        {
            Geometry = g,
            Element = row.Element,
            ParameterElement = row.Element,
            X = X.At,
            Residual = Residual.At,
            Sum = sum,
            Y = place.Allocate(elements),
            Gamma = Gamma.At,
            Beta = Beta.At,
            Mean = mean,
            Rest = rest,
            Variance = place.Allocate(sets),
            Rstd = rstd,
            Eps = Eps,
            Centered = row.IsCentered,
            RunningMean = RunningMean,
            RunningVariance = RunningVariance,
            Kept = 0.9f,
            Weight = 0.1f,
            Relu = row.HasRelu,
        };
        forward = forward with { Scratch = place.Allocate(CudaNorm.ForwardScratchBytes(forward, place.Device.Properties)) };
        backward = new()
        {
            Geometry = g,
            Element = row.Element,
            ParameterElement = row.Element,
            Dy = Dy.At,
            X = row.HasResidual ? sum : X.At,
            Gamma = Gamma.At,
            Beta = Beta.At,
            Mean = mean,
            Rest = rest,
            Rstd = rstd,
            Dx = place.Allocate(elements),
            DGamma = place.Allocate(parameters),
            DBeta = row.IsCentered ? place.Allocate(parameters) : 0,
            MeanMoves = row.IsCentered,
            VarianceMoves = true,
            Relu = row.HasRelu,
        };
        backward = backward with { Scratch = place.Allocate(CudaNorm.BackwardScratchBytes(backward, place.Device.Properties)) };

        (nint At, float[] Values) Filled(long bytes, nint count, int seed, float mean, float deviation)
        {
            var at = place.Allocate(bytes);
            if (!fill)
            {
                // Small numbers whatever the type; their values do not change the time.
                place.Functions.Fill(at, 0x3c, bytes);
                return (at, []);
            }
            var (content, values) = Elements.Random(count, row.Element, seed, mean, deviation);
            place.Functions.Upload(at, content);
            return (at, values);
        }
    }

    public NormCase Case { get; }

    public (nint At, float[] Values) X { get; }

    public (nint At, float[] Values) Dy { get; }

    public (nint At, float[] Values) Residual { get; }

    public (nint At, float[] Values) Gamma { get; }

    public (nint At, float[] Values) Beta { get; }

    public nint RunningMean { get; }

    public nint RunningVariance { get; }

    public void Forward() => CudaNorm.Forward(place.Device, forward, 0);

    public void Backward() => CudaNorm.Backward(place.Device, backward, 0);

    /// <summary>A copy of x to y, as fast as the device can.</summary>
    public void Copy() => place.Functions.Copy(forward.Y, X.At, Case.Geometry.Elements * Case.ElementBytes);

    public float[] Y() => Read(forward.Y, Case.Geometry.Elements);

    public float[] Dx() => Read(backward.Dx, Case.Geometry.Elements);

    public float[] DGamma() => Read(backward.DGamma, Case.Geometry.Parameters);

    public float[] DBeta() => Read(backward.DBeta, Case.Geometry.Parameters);

    public float[] Read(nint at, nint count, CudaElement? element = null) =>
        Elements.ToValues(place.Functions.Download(at, count * (element ?? Case.Element) switch { CudaElement.Float32 => 4L, _ => 2L }), element ?? Case.Element);
}
