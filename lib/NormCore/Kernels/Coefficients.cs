using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>The coefficients of y = (x − M) A + B, or of dx = A dy + B R (x − M) + C; one of each for every run, row or column.</summary>
/// <remarks>M is the mean rounded to T; what the rounding took away is in the constant term.</remarks>
internal unsafe readonly struct Coefficients<T>(T* m, T* r, T* a, T* b, T* c)
    where T : unmanaged
{
    public readonly T* M = m;
    public readonly T* R = r;
    public readonly T* A = a;
    public readonly T* B = b;
    public readonly T* C = c;

    /// <summary>Room for n of each.</summary>
    public Coefficients(Scratch scratch, nint n)
        : this(scratch.Take<T>(n), scratch.Take<T>(n), scratch.Take<T>(n), scratch.Take<T>(n), scratch.Take<T>(n))
    {
    }

    /// <summary>The same from the i-th on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Coefficients<T> operator +(Coefficients<T> at, nint i) => new(at.M + i, at.R + i, at.A + i, at.B + i, at.C + i);
}
