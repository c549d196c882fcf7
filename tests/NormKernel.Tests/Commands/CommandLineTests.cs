using NormKernel.Commands;

namespace NormKernel.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("verify")]
    [InlineData("export")]
    [InlineData("clean")]
    [InlineData("pack")]
    public async Task Every_command_has_help_with_an_example(string command)
    {
        string[] arguments = command.Length == 0 ? ["--help"] : [command, "--help"];

        Assert.Equal(ExitCode.Success, await workplace.Run(arguments));

        Assert.Matches($@"Example: .*{command}", workplace.Output);
        Assert.Contains("--help", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_printed()
    {
        Assert.Equal(ExitCode.Success, await workplace.Run("--version"));

        Assert.Matches(@"^\d+\.\d+\.\d+", workplace.Output);
    }

    [Theory]
    [InlineData("rum", "'rum'")]
    [InlineData("run --fast", "")]
    [InlineData("run --profile", "--profile")]
    [InlineData("", "")]
    public async Task What_is_not_understood_is_refused_with_a_hint(string line, string named)
    {
        workplace.AddNotebook("a.ipynb", "print a");

        Assert.Equal(ExitCode.Usage, await workplace.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Contains(named, workplace.Error, StringComparison.Ordinal);
        Assert.Contains("--help` says what can be given", workplace.Error, StringComparison.Ordinal);
        Assert.Null(workplace.Load("a.ipynb").Cells[0].ExecutionCount);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("clean")]
    [InlineData("export")]
    [InlineData("verify")]
    public async Task A_path_that_leads_to_no_notebook_is_a_usage_error(string command)
    {
        Assert.Equal(ExitCode.Usage, await workplace.Run(command, "nowhere.ipynb"));
        Assert.Equal(ExitCode.Usage, await workplace.Run(command));

        Assert.Contains("nowhere.ipynb: there is no such file or folder", workplace.Error, StringComparison.Ordinal);
        Assert.Contains("the folder holds no notebook", workplace.Error, StringComparison.Ordinal);
    }
}
