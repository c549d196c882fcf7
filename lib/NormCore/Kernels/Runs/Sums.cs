using System.Numerics;

namespace NormCore.Kernels;

/// <summary>Two sums, lane by lane, over as many runs as one likes: Σ d and Σ d² of deviations d, or Σ dy and Σ dy (x − m).</summary>
internal struct Sums<T>
    where T : unmanaged
{
    public Vector<T> First;
    public Vector<T> Second;

    public readonly (double First, double Second) Total => (Lanes.Sum(First), Lanes.Sum(Second));
}
