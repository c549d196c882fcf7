using NormLab.Sequences;

namespace NormLab.Tests.Sequences;

public class TextDataTests
{
    [Fact]
    public void Generated_text_is_the_same_everywhere_and_reads_like_a_play()
    {
        var text = TextData.Generated();
        Assert.Equal("796b42b64276a711bdcc1dcf65de51e77c249538675aa656a934244943621c5e", text.Sha256); // Of another implementation, in another language.
        Assert.InRange(text.Characters.Length, 30, 70);
        Assert.InRange(text.Length, 400_000, 400_200);
    }

    [Fact]
    public void Targets_are_the_inputs_one_character_later_and_test_windows_come_from_the_end()
    {
        var text = TextData.Generated();
        var windows = text.Windows(20, 32, seed: 1);
        Assert.Equal([20, 32], windows.Images.shape);
        Assert.True(windows.Images[.., 1..].equal(windows.Labels[.., ..31]).all().item<bool>());
        Assert.True(windows.Images.equal(text.Windows(20, 32, seed: 1).Images).all().item<bool>());
        Assert.False(windows.Images.equal(text.Windows(20, 32, seed: 2).Images).all().item<bool>());
        Assert.False(windows.Images.equal(text.Windows(20, 32, seed: 1, test: true).Images).all().item<bool>());
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Windows(1, 400_000, 1));
    }

    [Fact]
    public void Random_characters_are_even()
    {
        var random = TextData.Random(1000, 20, 4, seed: 1);
        var counts = random.Images.flatten().bincount(null, 4);
        Assert.All(counts.Numbers(), count => Assert.Equal(5000, count, 4 * Math.Sqrt(20_000 * 0.25 * 0.75)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_with_a_text_is_read_and_another_one_is_not_missed(bool present)
    {
        using var folder = new TemporaryFolder();
        using var variable = new EnvironmentVariable("NORM_DATA", folder.Path);
        Directory.CreateDirectory(Path.Combine(folder.Path, "shakespeare"));
        if (present)
            File.WriteAllText(Path.Combine(folder.Path, "shakespeare", "input.txt"), string.Concat(Enumerable.Repeat("to be\r\n", 100)));
        var text = TextData.Load();
        Assert.Equal(present ? "\n beot" : TextData.Generated().Characters, text.Characters);
        Assert.Equal(present ? 600 : TextData.Generated().Length, text.Length);
    }
}
