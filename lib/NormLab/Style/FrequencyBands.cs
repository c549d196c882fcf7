using static TorchSharp.torch;

namespace NormLab.Style;

/// <summary>
/// Splits pictures into bands of one octave and one orientation each, by giving every frequency to exactly one band:
/// bₖ = F⁻¹(1ₖ · F x). Orthogonal projections, so that x = Σ bₖ and bands do not overlap.
/// </summary>
/// <remarks>
/// The sharp version of the steerable pyramid (Simoncelli and Freeman 1995), without its smooth edges and its smaller
/// maps: a band of a sum of bands is exactly the band that went in, which overlapping filters give up.
/// Pictures are taken as periodic.
/// </remarks>
public sealed class FrequencyBands
{
    private readonly long[,] bandOf;

    /// <summary>The bands for square pictures.</summary>
    /// <param name="side">The pixels of a side, at least 4.</param>
    /// <param name="octaves">How many octaves below the highest frequency are split by orientation; the lowest band has the rest and the mean.</param>
    /// <param name="orientations">How many orientations an octave is split into.</param>
    public FrequencyBands(int side, int octaves = 4, int orientations = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(octaves, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(orientations, 1);
        (Side, Count) = (side, 1 + octaves * orientations);
        bandOf = new long[side, side];
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                bandOf[row, column] = Band(row, column, octaves, orientations);
    }

    /// <summary>The pixels of a side.</summary>
    public int Side { get; }

    /// <summary>K, the number of bands: the lowest first, then the octaves from coarse to fine, each orientation by orientation.</summary>
    public int Count { get; }

    /// <summary>The bands of every channel: channel c·K + k is band k of channel c.</summary>
    /// <param name="x">(N, C, S, S), floating point.</param>
    /// <returns>(N, C·K, S, S).</returns>
    public Tensor Split(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.dim() != 4 || x.shape[2] != Side || x.shape[3] != Side)
            throw new ArgumentException($"Bands of pictures {Side}×{Side} got an input of shape ({string.Join(", ", x.shape)}); (N, C, {Side}, {Side}) is needed.", nameof(x));

        using var scope = NewDisposeScope();
        var indices = tensor(bandOf);
        var masks = stack(Enumerable.Range(0, Count).Select(k => indices.eq(k).to(x.dtype))).to(x.device); // (K, S, S)
        var spectrum = fft.fft2(x).unsqueeze(2) * masks; // (N, C, K, S, S)
        return fft.ifft2(spectrum).real.contiguous().flatten(1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The pictures that have these bands.</summary>
    /// <param name="bands">(N, C·K, S, S).</param>
    /// <returns>(N, C, S, S).</returns>
    public Tensor Join(Tensor bands)
    {
        ArgumentNullException.ThrowIfNull(bands);
        if (bands.dim() != 4 || bands.shape[1] % Count != 0)
            throw new ArgumentException($"There are {Count} bands to a channel; the input of shape ({string.Join(", ", bands.shape)}) has not a multiple of them.", nameof(bands));
        using var scope = NewDisposeScope();
        return bands.unflatten(1, bands.shape[1] / Count, Count).sum([2L]).MoveToOuterDisposeScope();
    }

    // Octave o has the radii from 2⁻²⁻ᵒ on. A real picture has equal amplitudes at f and −f, which must share a band: the smaller index of the two decides.
    private int Band(int row, int column, int octaves, int orientations)
    {
        var mirror = ((Side - row) % Side, (Side - column) % Side);
        var (fy, fx) = mirror.CompareTo((row, column)) < 0 ? (Signed(mirror.Item1), Signed(mirror.Item2)) : (Signed(row), Signed(column));
        var radius = Math.Sqrt(fx * fx + fy * fy);
        var octave = Enumerable.Range(0, octaves).Where(o => radius >= Math.Pow(2, -2 - o)).DefaultIfEmpty(-1).First();
        if (octave < 0)
            return 0;
        var turn = Math.Atan2(fy, fx) / Math.PI + 1 + 0.5 / orientations; // in half turns, orientation 0 around the x-axis
        return 1 + (octaves - 1 - octave) * orientations + (int)Math.Floor(turn * orientations) % orientations;
    }

    // In cycles per pixel.
    private double Signed(int index) => (double)(index > Side / 2 ? index - Side : index) / Side;
}
