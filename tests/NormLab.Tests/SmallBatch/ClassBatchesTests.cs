using NormLab.Data;
using NormLab.Models;
using NormLab.SmallBatch;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.SmallBatch;

public class ClassBatchesTests
{
    private static readonly ImageDataset Images = ImageData.Generated(400, 20);

    private static long[][] Labels(int batchSize, int classes, ulong seed = 1)
    {
        using var generator = new Generator(seed);
        return [.. ClassBatches.Of(Images.Train, batchSize, classes, generator).Select(batch =>
        {
            using (batch)
                return batch.Labels.data<long>().ToArray();
        })];
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 2)]
    [InlineData(30, 10)]
    public void A_batch_holds_its_classes_in_equal_parts(int batchSize, int classes)
    {
        var labels = Labels(batchSize, classes);
        Assert.Equal(400 / batchSize, labels.Length);
        Assert.All(labels, batch => Assert.Equal(Enumerable.Repeat(batchSize / classes, classes), batch.GroupBy(label => label).Select(group => group.Count())));
        Assert.Equal(10, labels.SelectMany(batch => batch).Distinct().Count());
        Assert.Equal(labels, Labels(batchSize, classes));
    }

    [Fact]
    public void A_class_deals_each_of_its_images_once_before_the_second_round()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var all = ClassBatches.Of(Images.Train, 10, 10, generator).Take(10).SelectMany(batch => batch.Images.mean([1L, 2, 3]).data<float>().ToArray()).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Training_uses_them_where_the_options_say_so()
    {
        nn.Module<Tensor, Tensor> Network() => Networks.Mlp(null, 1, [8]);
        var options = new TrainingOptions { BatchSize = 20, Epochs = 1 };
        var sorted = Trainer.Train(Network(), Images, options with { ClassesPerBatch = 1 });
        Assert.Equal(20, sorted.Losses.Length);
        Assert.NotEqual(Trainer.Train(Network(), Images, options).Losses, sorted.Losses);
        Assert.Equal(Trainer.Train(Network(), Images, options with { ClassesPerBatch = 1 }).Losses, sorted.Losses);
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(8, 0)]
    [InlineData(11, 11)]
    [InlineData(402, 2)]
    public void What_cannot_be_had_is_refused(int batchSize, int classes) =>
        Assert.Contains($"Batches of {batchSize}", Assert.Throws<ArgumentException>(() => ClassBatches.Of(Images.Train, batchSize, classes, new Generator(1))).Message);
}
