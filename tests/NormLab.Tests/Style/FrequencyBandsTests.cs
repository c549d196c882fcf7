using NormLab.Style;
using static TorchSharp.torch;

namespace NormLab.Tests.Style;

public class FrequencyBandsTests
{
    // A transform of S² = 1024 numbers rounds to about log₂(S²)·2⁻⁵³ ≈ 1e-15 of the largest.
    private const double Rounding = 1e-13;

    [Theory]
    [InlineData(32, 3, 4)]
    [InlineData(21, 2, 3)]
    [InlineData(16, 1, 1)]
    public void The_bands_add_up_to_the_picture_and_a_band_has_itself_as_its_only_band(int side, int octaves, int orientations)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var bands = new FrequencyBands(side, octaves, orientations);
        var x = randn(2, 3, side, side, dtype: float64, generator: generator);
        var split = bands.Split(x);
        Assert.Equal([2, 3 * bands.Count, side, side], split.shape);
        Assert.True(bands.Join(split).sub(x).abs().max().item<double>() < Rounding);

        // Every band times a weight of its own: the bands of that picture are the weighted bands, so they do not overlap.
        var weight = rand(1, 3 * bands.Count, 1, 1, dtype: float64, generator: generator);
        var weighted = split * weight;
        Assert.True(bands.Split(bands.Join(weighted)).sub(weighted).abs().max().item<double>() < Rounding);
    }

    [Theory]
    [InlineData(8, 0, 8)] // 8 waves in 32 pixels, across: from 1/4 of a cycle per pixel on it is the finest of three octaves
    [InlineData(0, 8, 10)]
    [InlineData(8, 8, 9)]
    [InlineData(5, 0, 4)] // below 1/4: the octave before it
    [InlineData(-5, 5, 7)]
    public void A_wave_is_in_the_band_of_its_octave_and_orientation_alone(int across, int down, int band)
    {
        using var scope = NewDisposeScope();
        var bands = new FrequencyBands(32, octaves: 3, orientations: 4);
        var (row, column) = (arange(32, dtype: float64).unsqueeze(1), arange(32, dtype: float64).unsqueeze(0));
        var wave = (2 * Math.PI / 32 * (across * column + down * row) + 0.3).cos().view(1, 1, 32, 32);
        var energy = bands.Split(wave).square().mean([0L, 2, 3]);
        Assert.Equal(1 + band, energy.argmax().item<long>());
        Assert.Equal(0.5, energy[1 + band].item<double>(), 1e-12);
        Assert.Equal(0.5, energy.sum().item<double>(), 1e-12);
    }

    [Fact]
    public void The_mean_is_in_the_lowest_band()
    {
        using var scope = NewDisposeScope();
        var bands = new FrequencyBands(16, octaves: 2);
        var split = bands.Split(full([1, 1, 16, 16], 3.0, dtype: float64));
        Assert.Equal(3, split[0, 0].mean().item<double>(), 1e-12);
        Assert.True(split.narrow(1, 1, bands.Count - 1).abs().max().item<double>() < Rounding);
    }

    [Fact]
    public void Other_shapes_are_refused()
    {
        var bands = new FrequencyBands(16);
        Assert.Contains("(1, 3, 16, 8)", Assert.Throws<ArgumentException>(() => bands.Split(zeros(1, 3, 16, 8))).Message, StringComparison.Ordinal);
        Assert.Contains("17 bands", Assert.Throws<ArgumentException>(() => bands.Join(zeros(1, 16, 16, 16))).Message, StringComparison.Ordinal);
    }
}
