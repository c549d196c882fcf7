using System.Collections.Immutable;

namespace NormLab.Curvature;

/// <summary>A descent, at steps 0, 1, 2, … and then at about twenty per power of ten.</summary>
/// <param name="Steps">The numbers of the steps.</param>
/// <param name="Losses">The loss above its minimum.</param>
/// <param name="Norms">‖w‖.</param>
public sealed record DescentPath(ImmutableArray<double> Steps, ImmutableArray<double> Losses, ImmutableArray<double> Norms)
{
    /// <summary>The last loss, relative to the first; +∞ for a descent that diverged.</summary>
    public double Reached => double.IsFinite(Losses[^1]) ? Losses[^1] / Losses[0] : double.PositiveInfinity;

    /// <summary>The first step looked at whose loss is at most a fraction of the first; +∞ if there is none.</summary>
    public double StepsTo(double fraction) =>
        Steps.Zip(Losses).Where(pair => pair.Second <= fraction * Losses[0]).Select(pair => pair.First).FirstOrDefault(double.PositiveInfinity);

    internal static DescentPath Of(int steps, Func<(double Loss, double Norm)> look, Action step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var seen = new List<(double Step, double Loss, double Norm)>();
        for (var (number, next) = (0, 0); number <= steps; number++)
        {
            if (number == next || number == steps)
            {
                var (loss, norm) = look();
                seen.Add((number, loss, norm));
                next = Math.Max(number + 1, (int)(number * Math.Pow(10, 0.05)));
            }

            if (number < steps)
                step();
        }

        return new([.. seen.Select(at => at.Step)], [.. seen.Select(at => at.Loss)], [.. seen.Select(at => at.Norm)]);
    }
}
