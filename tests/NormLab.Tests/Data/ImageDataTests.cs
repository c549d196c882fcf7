using NormLab.Data;
using NormLab.Rendering;
using TorchSharp;

namespace NormLab.Tests.Data;

public class ImageDataTests
{
    [Fact]
    public void Offline_without_files_the_generated_images_are_used_and_say_why()
    {
        using var offline = new EnvironmentVariable("NORM_OFFLINE", "1");
        using var empty = new TemporaryFolder();
        using var data = new EnvironmentVariable("NORM_DATA", empty.Path);
        using var elsewhere = new WorkingFolder(empty.Path);
        using var home = new EnvironmentVariable("XDG_DATA_HOME", empty.Path);
        Assert.SkipUnless(FashionMnist.FindBelow(DataFolders.Cache) is null, "Fashion-MNIST lies in this user's own data folder.");

        var images = ImageData.Load(200, 100);
        Assert.Equal("generated shapes", images.Name);
        Assert.Contains("NORM_OFFLINE", images.Reason);
        Assert.Contains("NORM_OFFLINE", images.ToString());
    }

    [Fact]
    public void Images_and_labels_have_the_documented_shapes_and_types()
    {
        var images = ImageData.Generated(200, 100);
        Assert.Equal([200, 1, 28, 28], images.Train.Images.shape);
        Assert.Equal([100], images.Test.Labels.shape);
        Assert.Equal(torch.ScalarType.Float32, images.Train.Images.dtype);
        Assert.Equal(torch.ScalarType.Int64, images.Test.Labels.dtype);
        Assert.Equal(10, images.ClassNames.Length);
    }

    [Fact]
    public void Generated_pixels_have_mean_zero_and_variance_one()
    {
        // The constants have four digits; 2000 images determine the mean to about 0.01.
        var pixels = ImageData.Generated(2000, 1).Train.Images;
        Assert.Equal(0, pixels.mean().item<float>(), 0.03);
        Assert.Equal(1, pixels.std().item<float>(), 0.03);
    }

    [Fact]
    public void Fashion_MNIST_is_read_from_NORM_DATA()
    {
        Assert.SkipWhen(FashionMnist.FindBelow(DataFolders.Given) is null, "NORM_DATA names no folder with fashion-mnist.");
        var images = ImageData.Load(60_000, 10_000);
        Assert.Equal("Fashion-MNIST", images.Name);
        Assert.Equal([9L, 0, 0, 3], images.Train.Labels[..4].data<long>());
        Assert.Equal(0, images.Train.Images.mean().item<float>(), 0.001);
        Assert.Equal(1, images.Train.Images.std().item<float>(), 0.001);
    }

    [Fact]
    public void A_damaged_file_of_the_dataset_is_refused_not_replaced()
    {
        using var folder = new TemporaryFolder();
        using var data = new EnvironmentVariable("NORM_DATA", folder.Path);
        Directory.CreateDirectory(Path.Combine(folder.Path, "fashion-mnist"));
        foreach (var file in FashionMnist.Files)
            File.WriteAllText(Path.Combine(folder.Path, "fashion-mnist", file.Name), "damaged");

        var error = Assert.Throws<InvalidDataException>(() => ImageData.Load());
        Assert.Contains("SHA-256", error.Message);
    }

    [Fact]
    public void The_hash_is_of_the_images_in_use()
    {
        Assert.Equal(ImageData.Generated(50, 10).Sha256, ImageData.Generated(50, 10).Sha256);
        Assert.NotEqual(ImageData.Generated(50, 10).Sha256, ImageData.Generated(51, 10).Sha256);
    }

    [Fact]
    public void More_images_than_there_are_cannot_be_asked_for() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageData.Load(60_001));

    [Fact]
    public void A_dataset_displays_as_markdown_without_a_tensor() =>
        Assert.Contains("| images | 50 to train on, 10 to test on", ImageData.Generated(50, 10).ToMime(MimeTypes.Markdown));

    private sealed class WorkingFolder : IDisposable
    {
        private readonly string before = Environment.CurrentDirectory;

        public WorkingFolder(string path) => Environment.CurrentDirectory = path;

        public void Dispose() => Environment.CurrentDirectory = before;
    }
}
