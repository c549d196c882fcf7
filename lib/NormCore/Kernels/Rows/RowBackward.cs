using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>The backward pass over rows whose elements have a γ and β each. Every block of rows has its own dγ and dβ, added up in the blocks' order.</summary>
internal sealed unsafe class RowBackward<E, T>(Geometry geometry, BackwardArguments<E> given, Scratch scratch) : Job
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private const nint Block = 8192;
    private readonly nint sets = geometry.Sets;
    private readonly nint length = geometry.Length;
    private readonly nint rowsOfBlock = RowsOfBlock(geometry);
    private readonly T* gamma = Affine.WidenOrFill<E, T>(given.Affine.Gamma, given.Affine.Type, geometry.Parameters, geometry.Run, 1, scratch);
    private readonly T* partial = scratch.Take<T>(Tiles.Ceiling(geometry.Sets, RowsOfBlock(geometry)) * 2 * geometry.Stride);
    private readonly bool streams = geometry.Elements * sizeof(E) >= Layout.StreamedBytes;

    private nint Blocks => Tiles.Ceiling(sets, rowsOfBlock);

    public void Backward()
    {
        Team.Run(this, (int)Blocks);
        ParameterGradients();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(int task)
    {
        var dgamma = partial + task * 2 * geometry.Stride;
        new Span<T>(dgamma, checked((int)(2 * geometry.Stride))).Clear();
        var last = Math.Min(sets, (task + 1) * rowsOfBlock);
        for (nint row = task * rowsOfBlock, rows; row < last; row += rows)
        {
            // Rows of different groups have different γ.
            rows = geometry.Groups == 1 && row + 4 <= last ? 4 : 1;
            Rows(row, rows, dgamma);
        }
        Lanes.Fence();
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows(nint row, nint rows, T* dgamma)
    {
        var of = stackalloc RowScalars<T>[4];
        double* g = stackalloc double[4], gXhat = stackalloc double[4];
        var sums = new UnitSums(g, gXhat);
        sums.Clear(rows);
        var parameter = row % geometry.Groups * length;
        for (nint k = 0; k < rows; k++) of[k] = Scalars(row + k);
        for (nint i = 0; i < length; i += Block)
        {
            var (at, from) = (row * length + i, parameter + i);
            RowSums<E, T>.Gradients(given.Dy + at, given.X + at, rows, Math.Min(Block, length - i), length, of, gamma + from, dgamma + from, dgamma + geometry.Stride + from, sums);
        }
        if (given.Dx == null) return;
        for (nint k = 0; k < rows; k++)
        {
            var at = (row + k) * length;
            RowMaps<E, T>.Gradient(given.Dy + at, given.X + at, given.Dx + at, length, WithTerms(of[k], row + k, g[k], gXhat[k]), gamma + parameter, streams, rows * length);
        }
    }

    private RowScalars<T> Scalars(nint row)
    {
        var (mean, rstd) = (given.Mean[row], 1 / Math.Sqrt(given.Variance[row] + given.Eps));
        var rounded = Lanes.Narrow<T>(mean);
        return new RowScalars<T> { M = rounded, R = Lanes.Narrow<T>(rstd), Xhat0 = Lanes.Narrow<T>(-rstd * (mean - Lanes.Widen(rounded))) };
    }

    /// <summary>With g = γ dy: dx = r (g − 1/m Σ g − x̂ 1/m Σ g x̂), where x̂ = R (x − M) + Xhat0.</summary>
    private RowScalars<T> WithTerms(RowScalars<T> of, nint row, double sumG, double sumGXhat)
    {
        var rstd = 1 / Math.Sqrt(given.Variance[row] + given.Eps);
        var meanTerm = given.MeanMoves ? -rstd * sumG / length : 0;
        var varianceTerm = given.VarianceMoves ? -rstd * sumGXhat / length : 0;
        of.B = Lanes.Narrow<T>(varianceTerm);
        of.C = Lanes.Narrow<T>(meanTerm + varianceTerm * Lanes.Widen(of.Xhat0));
        return of;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ParameterGradients()
    {
        var total = scratch.Take<double>(2 * geometry.Stride);
        new Span<double>(total, checked((int)(2 * geometry.Stride))).Clear();
        for (nint block = 0; block < Blocks; block++)
            Lanes.AddTo(total, partial + block * 2 * geometry.Stride, 2 * geometry.Stride);
        var sums = new UnitSums(total + geometry.Stride, total);
        if (geometry.Run > 1)
        {
            sums = new UnitSums(scratch, geometry.Parameters);
            sums.Clear(geometry.Parameters);
            for (nint i = 0; i < geometry.Stride; i++)
            {
                sums.Dy[i / geometry.Run] += total[geometry.Stride + i];
                sums.DyXhat[i / geometry.Run] += total[i];
            }
        }
        sums.Write<E, T>(geometry.Parameters, given.Gradient);
    }

    /// <summary>So many that a task is worth a thread's while, and so few that sums in T stay short.</summary>
    private static nint RowsOfBlock(Geometry geometry)
    {
        var blocks = Math.Max(Tiles.Worthwhile(geometry), geometry.Sets / 512);
        var rows = Tiles.Ceiling(geometry.Sets, blocks);
        return rows < 32 ? rows : Tiles.Ceiling(rows, 4) * 4;
    }
}
