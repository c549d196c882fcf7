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

    private static long[] Labels(ImageSet set) => set.Labels.data<long>().ToArray();
}
