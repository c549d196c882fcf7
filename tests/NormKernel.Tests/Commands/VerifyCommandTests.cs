using NormKernel.Commands;

namespace NormKernel.Tests.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private const string Provenance = "application/vnd.normkernel.provenance+json";

    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task The_same_numbers_hold_and_nothing_is_written()
    {
        var path = workplace.AddNotebook("a.ipynb", "print loss 0.25", "result 3");
        await workplace.Run("run");
        var before = File.ReadAllBytes(path);

        Assert.Equal(ExitCode.Success, await workplace.Run("verify"));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Contains("the same numbers as committed", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_differs_is_named_with_cell_output_and_both_values()
    {
        var path = workplace.AddNotebook("a.ipynb", "print loss 0.25", "print other 1");
        await workplace.Run("run");
        var committed = File.ReadAllText(path).Replace("loss 0.25\\n", "loss 0.26\\n", StringComparison.Ordinal);
        File.WriteAllText(path, committed);

        Assert.Equal(ExitCode.Failure, await workplace.Run("verify"));

        Assert.Contains("1 value differs", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("cell 1, output 1 stdout line 1: 0.26 → 0.25", workplace.Output, StringComparison.Ordinal);
        Assert.Equal(committed, File.ReadAllText(path));
    }

    [Fact]
    public async Task Of_a_cell_that_measures_time_only_the_verdicts_are_compared()
    {
        var path = workplace.AddNotebook("a.ipynb", "print took 5 ms\npasses fast enough", "print loss 0.25");
        var untagged = File.ReadAllText(path);
        var at = untagged.IndexOf("\"metadata\": {}", StringComparison.Ordinal);
        File.WriteAllText(path, untagged[..at] + "\"metadata\": {\"tags\": [\"timing\"]}" + untagged[(at + 14)..]);
        await workplace.Run("run");
        var slower = File.ReadAllText(path).Replace("took 5 ms\\n", "took 9 ms\\n", StringComparison.Ordinal);
        File.WriteAllText(path, slower);

        Assert.Equal(ExitCode.Success, await workplace.Run("verify"));
        Assert.Contains("cell 1 measures time: of its output only the verdicts are compared", workplace.Output, StringComparison.Ordinal);

        File.WriteAllText(path, slower.Replace("\"passed\": true", "\"passed\": false", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failure, await workplace.Run("verify"));
        File.WriteAllText(path, slower.Replace("loss 0.25\\n", "loss 0.26\\n", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failure, await workplace.Run("verify"));
    }

    [Fact]
    public async Task Under_another_provenance_numbers_are_information()
    {
        var path = workplace.AddNotebook("a.ipynb", $$"""json {"{{Provenance}}": {"processor": "A"} }""", "print loss 0.25", "passes claim");
        await workplace.Run("run");
        File.WriteAllText(path, File.ReadAllText(path)
            .Replace("\"processor\": \"A\"", "\"processor\": \"B\"", StringComparison.Ordinal)
            .Replace("loss 0.25\\n", "loss 0.26\\n", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Success, await workplace.Run("verify"));

        Assert.Contains("processor: 'B' → 'A'", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("(for information)", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_another_provenance_a_verdict_that_differs_still_fails()
    {
        var path = workplace.AddNotebook("a.ipynb", $$"""json {"{{Provenance}}": {"processor": "A"} }""", "breaks claim");
        await workplace.Run("run");
        File.WriteAllText(path, File.ReadAllText(path)
            .Replace("\"processor\": \"A\"", "\"processor\": \"B\"", StringComparison.Ordinal)
            .Replace("\"passed\": false", "\"passed\": true", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Failure, await workplace.Run("verify"));

        Assert.Contains("check claim: passed → not passed", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_that_has_not_been_run_cannot_be_verified()
    {
        workplace.AddNotebook("a.ipynb", "print a");

        Assert.Equal(ExitCode.Failure, await workplace.Run("verify"));

        Assert.Contains("`run` it first", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_fails_the_verification()
    {
        workplace.AddNotebook("a.ipynb", "fail no");
        await workplace.Run("run");

        Assert.Equal(ExitCode.Failure, await workplace.Run("verify"));
    }
}
