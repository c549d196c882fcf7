using NormKernel.Running;
using NormKernel.Workers;

namespace NormKernel.Tests.Engine.Outputs;

public sealed class LiveDisplayTests : IDisposable
{
    private const string Counter = """
        var show = (Func<object, bool>)AppContext.GetData("Notebook.LiveDisplay");
        class Counter { public int Count; public override string ToString() => $"count {Count}"; }
        var counter = new Counter();
        """;

    private readonly TestSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_value_shown_again_replaces_itself_and_is_not_shown_once_more_as_the_cells_value()
    {
        session.Value(Counter);
        var outcome = session.Run("Console.WriteLine(\"before\"); show(counter); Console.WriteLine(\"between\"); counter.Count = 1; show(counter); counter");
        Assert.True(outcome.Ok);
        Assert.Null(outcome.Value);
        Assert.Equal(["stdout: before\n", "display: count 0", "stdout: between\n", "update: count 1", "update: count 1"], session.Output.Log);
    }

    [Theory]
    [InlineData("show(counter); counter.Count = 7; 1")]
    [InlineData("show(counter); counter.Count = 7; throw new Exception();")]
    public void The_last_state_is_shown_at_the_end_of_the_cell_however_it_ends(string code)
    {
        session.Value(Counter);
        session.Run(code);
        Assert.Equal(["display: count 0", "update: count 7"], session.Output.Log);
    }

    [Fact]
    public void In_a_later_cell_the_value_has_a_place_of_its_own()
    {
        session.Value(Counter, "show(counter); 1");
        Assert.Equal("count 0", session.Value("counter"));
    }

    [Fact]
    public void Threads_that_a_cell_starts_show_values_below_it_and_others_are_told_that_there_is_no_cell()
    {
        session.Value(Counter);
        session.Run("var thread = new System.Threading.Thread(() => show(counter)); thread.Start(); thread.Join();");
        Assert.StartsWith("display: count 0", session.Output.Log.First(), StringComparison.Ordinal);
        var show = (Func<object, bool>)AppContext.GetData("Notebook.LiveDisplay")!;
        Assert.False(show("nowhere"));
    }

    [Fact]
    public void In_a_file_one_output_is_left()
    {
        var outputs = new CellOutputs(1, new DisplayIds());
        outputs.Add(new CellDisplay(0, new() { ["text/plain"] = "half" }, [], "display-1", Update: false));
        outputs.Add(new CellDisplay(0, new() { ["text/plain"] = "whole" }, [], "display-1", Update: true));
        Assert.Equal("whole", Assert.Single(outputs.ToJson())!["data"]!["text/plain"]!.GetValue<string>());
    }
}
