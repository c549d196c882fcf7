using NormKernel.Running;
using NormKernel.Running.Progress;

namespace NormKernel.Tests.Running.Progress;

public sealed class RunTimesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Times_come_back_and_those_of_cells_that_did_not_run_again_stay()
    {
        var path = folder["artifacts", "run-times.json"];
        var times = RunTimes.Load(path);
        times.Remember("a", [new CellRun(1, "one", TimeSpan.FromSeconds(1.5), []), new CellRun(2, "two", TimeSpan.FromSeconds(2), [])]);
        times.Save(path);

        var later = RunTimes.Load(path);
        later.Remember("a", [new CellRun(1, "one", TimeSpan.FromSeconds(3), [])]);

        Assert.Equal((3, 2), (later.SecondsOf("a", "one"), later.SecondsOf("a", "two")));
        Assert.Null(later.SecondsOf("b", "one"));
    }

    [Fact]
    public void A_file_that_is_not_understood_counts_as_none()
    {
        File.WriteAllText(folder["times.json"], "{\"a\": 3");

        Assert.Null(RunTimes.Load(folder["times.json"]).SecondsOf("a", "one"));
    }
}
