using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Tests.Data;

public class ImageSetTests
{
    private static readonly ImageSet Numbered = new(arange(10).to(ScalarType.Float32).reshape(10, 1, 1, 1), arange(10));

    [Fact]
    public void A_pass_visits_each_image_once_with_its_label()
    {
        var batches = Numbered.Batches(5, new Generator(3)).ToList();
        Assert.Equal(2, batches.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), batches.SelectMany(Labels).Order());
        Assert.All(batches, batch => Assert.Equal(batch.Images.data<float>().Select(value => (long)value), Labels(batch)));
    }

    [Fact]
    public void Equal_generators_give_equal_batches_and_the_next_pass_differs()
    {
        var generator = new Generator(3);
        var first = Numbered.Batches(10, generator).SelectMany(Labels).ToList();
        var next = Numbered.Batches(10, generator).SelectMany(Labels).ToList();
        Assert.Equal(first, Numbered.Batches(10, new Generator(3)).SelectMany(Labels));
        Assert.NotEqual(first, next);
    }

    [Fact]
    public void The_global_generator_is_not_touched()
    {
        manual_seed(5);
        var expected = rand(1).item<float>();
        manual_seed(5);
        _ = Numbered.Batches(5, new Generator(3)).ToList();
        Assert.Equal(expected, rand(1).item<float>());
    }

    [Fact]
    public void A_rest_that_fills_no_batch_is_left_out() =>
        Assert.Equal([4, 4], Numbered.Batches(4, new Generator(3)).Select(batch => batch.Count));

    [Fact]
    public void Chunks_keep_the_order_and_the_rest() =>
        Assert.Equal([4, 4, 2], Numbered.Chunks(4).Select(chunk => chunk.Count));

    [Fact]
    public void A_batch_larger_than_the_set_is_refused_at_once() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered.Batches(11, new Generator(3)));

    [Fact]
    public void A_sample_is_drawn_without_replacement_and_by_its_seed()
    {
        var drawn = Labels(Numbered.Sample(7, 1));
        Assert.Equal(7, drawn.Distinct().Count());
        Assert.Equal(drawn, Labels(Numbered.Sample(7, 1)));
        Assert.NotEqual(drawn, Labels(Numbered.Sample(7, 2)));
        Assert.Equal(drawn, Numbered.Sample(7, 1).Images.data<float>().Select(value => (long)value));
    }

    [Fact]
    public void Pooling_takes_the_mean_of_each_square()
    {
        var images = new ImageSet(arange(16).to(ScalarType.Float32).reshape(1, 1, 4, 4), arange(1));
        Assert.Equal([2.5f, 4.5f, 10.5f, 12.5f], images.Pooled(2).Images.data<float>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Pooled(3));
    }

    private static long[] Labels(ImageSet set) => set.Labels.data<long>().ToArray();
}
