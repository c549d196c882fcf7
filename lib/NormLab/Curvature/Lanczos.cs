using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>
/// The Lanczos process on a symmetric operator A with full re-orthogonalization: Q A Qᵀ = T with orthonormal rows of Q, the
/// first of which is the start, and T tridiagonal. The eigenvalues θ of T approximate those of A, the extreme ones first.
/// </summary>
/// <remarks>
/// Lanczos (1950). Without re-orthogonalization rounding brings back directions that are done, and converged eigenvalues appear twice.
/// </remarks>
public sealed class Lanczos : IDisposable
{
    private readonly Tensor basis;
    private readonly Tensor vectors;
    private readonly double lastBeta;

    private Lanczos(Tensor basis, double[] diagonal, double[] beside)
    {
        var steps = diagonal.Length;
        using var scope = NewDisposeScope();
        var matrix = diag(tensor(diagonal));
        if (steps > 1)
            matrix = matrix + diag(tensor(beside[..(steps - 1)]), 1) + diag(tensor(beside[..(steps - 1)]), -1);
        var (values, columns) = linalg.eigh(matrix);
        RitzValues = values.Numbers();
        Weights = columns[0].square().Numbers();
        vectors = columns.DetachFromDisposeScope(); // (k, k), one per column
        this.basis = basis;
        lastBeta = beside[steps - 1];
    }

    /// <summary>θ, ascending.</summary>
    public IReadOnlyList<double> RitzValues { get; }

    /// <summary>The square of the start's component along each Ritz vector; they sum to one. The start s has sᵀf(A)s ≈ Σ weight·f(θ).</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>‖A y − θ y‖ of each Ritz vector y: an eigenvalue of A is no farther than this from θ.</summary>
    public double[] Residuals => [.. vectors[-1].abs().Numbers().Select(last => last * lastBeta)];

    /// <summary>Runs the process.</summary>
    /// <param name="product">v ↦ A v for symmetric A; vectors are (P).</param>
    /// <param name="start">(P), any length but zero; its type and device are those of all vectors.</param>
    /// <param name="steps">The most products. The process ends before where the start reaches no further direction.</param>
    public static Lanczos Of(Func<Tensor, Tensor> product, Tensor start, int steps)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        steps = (int)Math.Min(steps, start.numel());
        using var scope = NewDisposeScope();
        var (diagonal, beside) = (new List<double>(), new List<double>());
        var basis = zeros([steps, start.numel()], start.dtype, start.device);
        var q = start / start.norm();
        for (var scale = 0.0; diagonal.Count < steps && (diagonal.Count == 0 || beside[^1] > Tiny(start.dtype) * scale);)
        {
            using var step = NewDisposeScope();
            basis[diagonal.Count] = q;
            var next = product(q);
            diagonal.Add(next.dot(q).Numbers()[0]);
            var seen = basis.narrow(0, 0, diagonal.Count); // (j, P)

            // Twice is enough (Parlett 1980, section 6.9): the first pass loses as many digits as it removes length.
            for (var pass = 0; pass < 2; pass++)
                next = next - seen.t().mv(seen.mv(next));
            beside.Add(next.norm().Numbers()[0]);
            scale = Math.Max(scale, Math.Abs(diagonal[^1]) + beside[^1]);
            q = (next / Math.Max(beside[^1], double.Epsilon)).MoveToOuterDisposeScope();
        }

        return new(basis.narrow(0, 0, diagonal.Count).clone().DetachFromDisposeScope(), [.. diagonal], [.. beside]);
    }

    /// <summary>The Ritz vectors of the largest θ, the largest first.</summary>
    /// <param name="count">How many, at most as many as there were steps.</param>
    /// <returns>(count, P), orthonormal rows; the caller disposes it.</returns>
    public Tensor TopVectors(int count)
    {
        if (count < 1 || count > RitzValues.Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{RitzValues.Count} steps give 1 to {RitzValues.Count} Ritz vectors.");
        using var scope = NewDisposeScope();
        var top = vectors.narrow(1, RitzValues.Count - count, count).flip(1).to(basis.dtype, basis.device); // (k, count)
        return top.t().mm(basis).MoveToOuterDisposeScope();
    }

    /// <summary>Releases the basis.</summary>
    public void Dispose()
    {
        basis.Dispose();
        vectors.Dispose();
    }

    private static double Tiny(ScalarType type) => type == ScalarType.Float64 ? 1e-12 : 1e-6;
}
