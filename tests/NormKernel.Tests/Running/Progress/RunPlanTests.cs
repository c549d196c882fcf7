using NormKernel.Running;
using NormKernel.Running.Progress;
using NormKernel.Tests.Notebooks;

namespace NormKernel.Tests.Running.Progress;

public class RunPlanTests
{
    [Fact]
    public void Known_cells_weigh_their_seconds_and_unknown_ones_the_average()
    {
        var notebooks = new[] { new LoadedNotebook("a", NotebookText.Of("x", "y", "z"), null, null), new LoadedNotebook("bad", null, null, "broken") };

        var plan = RunPlan.For(notebooks, (_, cell) => cell switch { "cell-1" => 2, "cell-2" => 4, _ => null });

        Assert.True(plan.InSeconds);
        Assert.Equal([2, 4, 3], plan.Weights["a"]);
        Assert.Empty(plan.Weights["bad"]);
    }

    [Fact]
    public void Without_any_time_each_cell_weighs_the_same()
    {
        var plan = RunPlan.For([new LoadedNotebook("a", NotebookText.Of("x", "y"), null, null)], (_, _) => null);

        Assert.False(plan.InSeconds);
        Assert.Equal([1, 1], plan.Weights["a"]);
    }
}
