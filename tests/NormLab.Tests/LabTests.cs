using System.Text.Json.Nodes;
using NormLab.Data;
using NormLab.Rendering;
using static TorchSharp.torch;

namespace NormLab.Tests;

public class LabTests
{
    [Fact]
    public void A_start_seeds_and_fixes_the_number_of_threads()
    {
        using var threads = new EnvironmentVariable("NORM_THREADS", null);
        Lab.Start(seed: 7);
        var first = rand(1).item<float>();
        Lab.Start(seed: 7);
        Assert.Equal(first, rand(1).item<float>());
        Assert.Equal(2, get_num_threads());
    }

    [Fact]
    public void The_provenance_names_what_the_numbers_depend_on()
    {
        using var profile = new EnvironmentVariable("NORM_PROFILE", "full");
        var images = ImageData.Generated(20, 10);
        var provenance = JsonNode.Parse(Lab.Start(seed: 3).Using(images).ToMime(MimeTypes.Provenance)!)!;
        Assert.Equal(3, (int)provenance["seed"]!);
        Assert.Equal("full", (string?)provenance["profile"]);
        Assert.Equal(images.Name, (string?)provenance["dataset"]);
        Assert.Equal(images.Sha256, (string?)provenance["datasetSha256"]);
        Assert.All(new[] { "device", "processor", "library", "torch", "threads" }, field => Assert.NotNull(provenance[field]));
    }

    [Fact]
    public void Two_starts_display_the_same() => Assert.Equal(Lab.Start().ToString(), Lab.Start().ToString());

    [Fact]
    public void A_profile_picks_the_one_field_that_differs()
    {
        Assert.Equal(30, Lab.Start(profile: Profile.Full).Pick(fast: 3, full: 30));
        Assert.Equal(3, Lab.Start(profile: Profile.Default).Pick(fast: 3, full: 30));
        Assert.NotNull(Lab.Start(profile: Profile.Full).Cache("test"));
        Assert.Null(Lab.Start(profile: Profile.Default).Cache("test"));
    }

    [Theory]
    [InlineData("NORM_PROFILE", "ful")]
    [InlineData("NORM_THREADS", "0")]
    public void A_setting_that_means_nothing_is_refused_by_name(string name, string value)
    {
        using var setting = new EnvironmentVariable(name, value);
        Assert.Contains($"{name} is '{value}'", Assert.Throws<InvalidOperationException>(() => Lab.Start()).Message);
    }

    [Fact]
    public void Generators_of_one_lab_differ_by_stream_and_repeat()
    {
        var lab = Lab.Start(seed: 1);
        Assert.Equal(Draw(lab, 1), Draw(lab, 1));
        Assert.NotEqual(Draw(lab, 1), Draw(lab, 2));

        static float Draw(Lab lab, int stream) => rand(1, generator: lab.Generator(stream)).item<float>();
    }
}
