using static TorchSharp.torch;

namespace NormCore.Tests.Inspection;

public class ModeGuardTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_layer_in_the_wrong_mode_throws_and_says_which_and_what_to_do(bool training)
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var x = rand(4, 3, 2, 2);
        model.train(training);
        using var guard = training ? ModeGuard.RequireTraining(model) : ModeGuard.RequireEvaluation(model);
        Assert.Equal(["block.norm", "theirs", "drop", "block drop"], guard.Layers);
        model.call(x);
        foreach (var path in guard.Layers)
        {
            var layer = Module(model, path);
            layer.train(!training);
            var error = Assert.Throws<InvalidOperationException>(() => model.call(x));
            Assert.Contains($"layer '{path}'", error.Message, StringComparison.Ordinal);
            Assert.Contains(training ? "Call train()" : "Call eval()", error.Message, StringComparison.Ordinal);
            layer.train(training);
        }
        model.call(x);
    }

    [Fact]
    public void A_refused_pass_changes_no_running_statistics()
    {
        using var scope = NewDisposeScope();
        using var model = new BatchNorm(3);
        using (ModeGuard.RequireEvaluation(model)) Assert.Throws<InvalidOperationException>(() => model.call(rand(4, 3)));
        Assert.Equal(0, model.NumBatchesTracked!.item<long>());
    }

    [Fact]
    public void A_disposed_guard_is_gone_and_another_one_stays()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var x = rand(4, 3, 2, 2);
        using (ModeGuard.RequireEvaluation(model))
        {
            using (ModeGuard.RequireEvaluation(model)) Assert.Throws<InvalidOperationException>(() => model.call(x));
            Assert.Throws<InvalidOperationException>(() => model.call(x));
        }
        model.call(x);
    }

    [Fact]
    public void Layers_that_are_the_same_in_both_modes_are_not_guarded()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(nn.Linear(3, 3), new LayerNorm(3), new FrozenBatchNorm(3), new BatchNorm(3, trackRunningStatistics: false));
        using var guard = ModeGuard.RequireEvaluation(model);
        Assert.Empty(guard.Layers);
        Assert.Throws<ArgumentNullException>(() => ModeGuard.RequireTraining(null!));
    }

    internal static nn.Module<Tensor, Tensor> Model() => nn.Sequential(
        ("block", nn.Sequential(("conv", nn.Conv2d(3, 3, 1)), ("norm", new BatchNorm(3)))),
        ("relu", nn.ReLU()), ("theirs", nn.BatchNorm2d(3)), ("drop", nn.Dropout(0.5)), ("block drop", new DropBlock(0.5, 1)));

    internal static nn.Module Module(nn.Module model, string path) => model.named_modules().Single(found => found.name == path).module;
}
