namespace NormKernel.Tests.Engine.Execution;

public sealed class RunTimeErrorTests : IDisposable
{
    private readonly TestSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_stack_names_cells_lines_and_functions_and_nothing_else()
    {
        session.Value("int Fail(int n)\n{\n    return int.Parse(\"x\") + n;\n}");
        Assert.Equal(
            "System.FormatException: The input string 'x' was not in a correct format.\n   at Fail in cell 1, line 3\n   at cell 2, line 2",
            session.Failure("var a = 1;\nFail(a)"));
    }

    [Fact]
    public void Names_the_compiler_made_become_the_readers()
    {
        session.Value(
            """
            class Model
            {
                public int Forward() => throw new InvalidOperationException("shape");
            }
            async Task<int> Later() { await Task.Yield(); return new Model().Forward(); }
            """);
        var lines = session.Failure("int Local(Func<int> f) => f();\nLocal(() => Later().GetAwaiter().GetResult())").Split('\n');
        Assert.Equal(
            ["System.InvalidOperationException: shape", "   at Model.Forward in cell 1, line 3", "   at Later in cell 1, line 5", "   at lambda in cell 2, line 2", "   at Local in cell 2, line 1", "   at cell 2, line 2"],
            lines);
    }

    [Fact]
    public void Inner_exceptions_are_shown() =>
        Assert.Contains("caused by System.ArgumentException: inner", session.Failure("throw new Exception(\"outer\", new ArgumentException(\"inner\"));"), StringComparison.Ordinal);

    [Fact]
    public void An_error_after_an_await_has_its_line() =>
        Assert.Equal("System.Exception: late\n   at cell 1, line 2", session.Failure("await Task.Delay(1);\nthrow new Exception(\"late\");"));
}
