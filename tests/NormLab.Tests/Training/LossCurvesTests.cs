using NormLab.Charts;
using NormLab.Data;
using NormLab.Models;
using NormLab.Rendering;
using NormLab.Tests.Charts;
using NormLab.Training;

namespace NormLab.Tests.Training;

public class LossCurvesTests
{
    private static readonly ImageSet Images = ImageData.Generated(128, 10).Train;
    private static readonly TrainingOptions Short = new() { LearningRate = 0.05, Epochs = 2, BatchSize = 32 };

    private static TrainingRun Run(params StepObserver[] observers)
    {
        using var network = Networks.Mlp(c => new NormCore.BatchNorm(c), 1, [16]);
        return Trainer.Train(network, Images, Images, Short, observers: observers);
    }

    [Fact]
    public void The_chart_ends_with_the_losses_of_training_in_the_order_in_which_runs_were_named()
    {
        using var engine = new FakeLiveDisplay();
        var curves = new LossCurves("Two runs");
        var (second, first) = (curves.Of("layer norm", every: 3), curves.Of("batch norm", every: 1));
        var run = Run(first);
        Run(second);
        var expected = new Plot("Two runs", "step", "training loss")
            .Line("layer norm", [0, 3, 6], [run.Losses[0], run.Losses[3], run.Losses[6]])
            .Line("batch norm", [0, 1, 2, 3, 4, 5, 6, 7], run.Losses);
        Assert.Equal(expected.ToMime(MimeTypes.Plotly), curves.Chart.ToMime(MimeTypes.Plotly));
        Assert.NotEmpty(engine.Drawn);
    }

    [Fact]
    public void Looking_changes_no_number() => Assert.Equal(Run().Losses, Run(new LossCurves("One run").Of("batch norm", every: 1)).Losses);

    [Fact]
    public void A_name_is_one_run()
    {
        var curves = new LossCurves("Twice");
        curves.Of("batch norm");
        Assert.Contains("'batch norm, seed 2'", Assert.Throws<ArgumentException>(() => curves.Of("batch norm")).Message, StringComparison.Ordinal);
    }
}
