using NormLab.Curvature;
using NormLab.Data;
using NormLab.Models;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Tests.Curvature;

public class CurvatureObserverTests
{
    [Fact]
    public void It_records_what_the_tools_measure_and_changes_nothing()
    {
        using var images = ImageData.Generated(96, 10).Train.Pooled(4);
        using var probe = images.First(32);
        var options = new TrainingOptions { BatchSize = 32, Epochs = 1 };
        nn.Module<Tensor, Tensor> Network() => Networks.Mlp(Normalizers.BatchNorm.Layer, 1, [6], inputs: 49);
        var observer = CurvatureObserver.Of(probe, NetworkMode.Training, [0, 2], count: 3, lanczosSteps: 20, seed: 4);
        var run = Trainer.Train(Network(), images, images, options, observers: [observer], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Trainer.Train(Network(), images, images, options, cancellation: TestContext.Current.CancellationToken).Losses, run.Losses);
        Assert.Equal([0.0, 2], run.Recorded[CurvatureObserver.Largest].Steps);

        using var network = Network();
        using var generator = new Generator(4);
        using var hessian = new LossHessian(network, (z, y) => nn.functional.cross_entropy(z, y), probe, NetworkMode.Training);
        var top = TopCurvature.Of(hessian, 3, 20, generator);
        Assert.Equal(top.Largest, run.Recorded[CurvatureObserver.Largest].Values[0]);
        Assert.Equal(top.GradientEnergy, run.Recorded[CurvatureObserver.GradientEnergy].Values[0]);
        Assert.Equal(hessian.Loss, run.Recorded[CurvatureObserver.Loss].Values[0]);
        Assert.InRange(run.Recorded[CurvatureObserver.Residual].Values[0], 0, 0.1);
    }

    [Fact]
    public void At_a_loss_it_looks_once_where_the_loss_is_first_reached()
    {
        using var images = ImageData.Generated(96, 10).Train.Pooled(4);
        using var probe = images.First(32);
        var options = new TrainingOptions { BatchSize = 32, Epochs = 4 };
        TrainingRun Observed(params StepObserver[] observers) => Trainer.Train(Networks.Mlp(Normalizers.BatchNorm.Layer, 1, [6], inputs: 49),
            images, images, options, observers: observers, cancellation: TestContext.Current.CancellationToken);
        var along = Observed(CurvatureObserver.Of(probe, NetworkMode.Training, [0, 2, 4, 6, 8, 10], count: 3, lanczosSteps: 20, seed: 4)).Recorded;
        var losses = along[CurvatureObserver.Loss].Values;
        var target = losses[3];
        var first = losses.ToList().FindIndex(loss => loss <= target);
        Assert.InRange(first, 1, 3); // a loss that the start has already would test nothing

        var run = Observed(
            CurvatureObserver.AtLoss(probe, NetworkMode.Training, target, every: 2, count: 3, lanczosSteps: 20, seed: 4),
            CurvatureObserver.AtLoss(probe, NetworkMode.Training, loss: 0, every: 2, count: 3, lanczosSteps: 20, seed: 5));
        var once = run.Recorded[CurvatureObserver.At(CurvatureObserver.Largest, target)];
        Assert.Equal([2.0 * first], once.Steps);
        Assert.Equal(along[CurvatureObserver.Largest].Values[first], once.Values[0]);
        Assert.DoesNotContain(CurvatureObserver.At(CurvatureObserver.Largest, 0), run.Recorded.Keys);
    }
}
