using NormLab.Data;
using NormLab.Rendering;
using NormLab.Style;
using static TorchSharp.torch;

namespace NormLab.Tests.Style;

public class PicturesTests
{
    [Fact]
    public void A_gallery_is_one_picture_with_white_between_the_pictures()
    {
        using var scope = NewDisposeScope();
        var (black, red) = (zeros(3, 2, 3), cat([ones(1, 2, 3), zeros(2, 2, 3)]));
        var gallery = Gallery.Of("black, red; red, black", [black, red], [red, black]);
        var shown = PngReader.Read(Convert.FromBase64String(gallery.ToMime(MimeTypes.Png)!));
        Assert.Equal([3, 2 + 4 + 2, 3 + 4 + 3], shown.shape);
        Assert.Equal([0, 0, 0, 1, 1, 1, 1, 1, 1, 1], shown[0, 0].data<double>().ToArray());
        Assert.Equal([0, 0, 0, 1, 1, 1, 1, 0, 0, 0], shown[1, 0].data<double>().ToArray());
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 0, 0, 0], shown[0, 7].data<double>().ToArray());
        Assert.Equal("pictures: black, red; red, black", gallery.ToText());
        Assert.StartsWith("<img src=\"data:image/png;base64,iVBOR", gallery.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gallery_of_unequal_rows_or_pictures_is_refused()
    {
        var picture = zeros(3, 2, 2);
        Assert.Contains("2, 1 pictures", Assert.Throws<ArgumentException>(() => Gallery.Of("t", [picture, picture], [picture])).Message, StringComparison.Ordinal);
        Assert.Contains("(3, 2, 3)", Assert.Throws<ArgumentException>(() => Gallery.Of("t", [picture, zeros(3, 2, 3)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_come_from_the_folder_cut_to_their_middle_and_averaged()
    {
        using var folder = new TemporaryFolder();
        foreach (var (part, shade) in new[] { ("content", 0.2), ("style", 0.6) })
        {
            var path = Directory.CreateDirectory(Path.Combine(folder.Path, "images", part)).FullName;
            foreach (var name in new[] { "a", "b", "c", "d" })
            {
                // 20 rows, 40 columns, of which the middle 20 are kept; a square of 20 averages down to 16.
                var picture = ones(3, 20, 40, dtype: float64);
                picture.narrow(2, 10, 20).fill_(shade);
                File.WriteAllBytes(Path.Combine(path, $"{name}.png"), PngWriter.Write(picture));
            }
        }

        using var given = new EnvironmentVariable("NORM_DATA", folder.Path);
        var pictures = PictureData.Load(16);
        Assert.Equal("photographs", pictures.Name);
        Assert.Equal(["a", "b", "c"], pictures.Content.Select(picture => picture.Name));
        Assert.All(pictures.Content, picture => Assert.Equal(0.2, picture.Picture.min().item<double>(), 1e-12));
        Assert.All(pictures.Style, picture => Assert.Equal(0.6, picture.Picture.max().item<double>(), 1e-12));
        Assert.Contains(pictures.Sha256, pictures.ToMime(MimeTypes.Provenance)!, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_folder_the_pictures_are_generated_and_the_same_on_every_platform()
    {
        using var given = new EnvironmentVariable("NORM_DATA", null);
        var pictures = PictureData.Load(32);
        Assert.Equal("generated pictures", pictures.Name);
        Assert.Equal("87e256834f97625ac0e56e6ddb5a3f58363d6be26bceedfcc6", pictures.Sha256[..50]);
    }

    [Fact]
    public void A_tint_is_a_gain_and_an_offset_per_channel_and_the_labels_name_what_was_done()
    {
        using var scope = NewDisposeScope();
        var data = ImageData.Generated(300, 1).Train.Pooled();
        var styled = StyledImages.Of(data, seed: 3, contrast: 0);
        Assert.Equal([300, 3, 14, 14], styled.Images.shape);
        Assert.Equal(data.Labels.data<long>().ToArray(), styled.Content.data<long>().ToArray());

        // Images of one tint share their gains: the quotient of deviations of channel and grey image.
        var gains = styled.Images.std([2L, 3L]) / data.Images.std([2L, 3L]); // (N, 3)
        foreach (var tint in Enumerable.Range(0, StyledImages.Tints))
        {
            var same = gains.index_select(0, styled.Tint.eq(tint).nonzero().squeeze(1));
            Assert.True(same.shape[0] > 30);
            Assert.True((same - same[0]).abs().max().item<float>() < 1e-3);
        }

        Assert.Equal(data.Images.expand(300, 3, 14, 14).contiguous().data<float>().ToArray(), StyledImages.Of(data, 3, tint: 0, contrast: 0).Images.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void A_texture_is_a_grating_of_the_orientation_that_its_label_names()
    {
        using var scope = NewDisposeScope();
        var blank = new ImageSet(zeros(40, 1, 16, 16), zeros(40, dtype: int64));
        var styled = StyledImages.Of(blank, seed: 2, tint: 0, contrast: 1);
        foreach (var i in Enumerable.Range(0, 40))
        {
            // Orientation k varies along k·45° only: 0 is constant down the columns, 2 along the rows.
            var (image, k) = (styled.Images[i, 0], styled.Texture[i].item<long>());
            Assert.Equal(k == 0, image.std(0).max().item<float>() < 1e-4);
            Assert.Equal(k == 2, image.std(1).max().item<float>() < 1e-4);
        }
    }
}
