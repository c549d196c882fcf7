namespace NormKernel.Tests.Engine.Scripts;

public sealed class StateAcrossCellsTests : IDisposable
{
    private readonly TestSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_cell_sees_variables_functions_and_types_of_earlier_cells() =>
        Assert.Equal("7", session.Value("var x = 3; class Box { internal int Size = 2; }", "int Twice(int n) => new Box().Size * n;", "Twice(x) + 1"));

    [Fact]
    public void A_cell_may_declare_a_name_again() => Assert.Equal("two", session.Value("var x = 1;", "var x = \"two\";", "x"));

    [Fact]
    public void Usings_last_from_cell_to_cell() =>
        Assert.Equal("1", session.Value("using System.Numerics;\nusing static System.Math;", "(Max(1, 0) * BigInteger.One)"));

    [Fact]
    public void More_cells_than_the_first_array_of_instances_holds()
    {
        session.Value("var sum = 0;");
        for (var i = 1; i <= 70; i++)
            session.Value("sum += 1;");
        Assert.Equal("70", session.Value("sum"));
    }

    [Fact]
    public void What_a_failing_cell_did_before_it_failed_stays()
    {
        session.Failure("var kept = 5; throw new Exception(\"no\");");
        Assert.Equal("5", session.Value("kept"));
    }

    [Fact]
    public void A_cell_that_does_not_compile_leaves_no_trace()
    {
        session.Value("var x = 1;");
        session.Failure("var x = nonsense;");
        Assert.Equal("1", session.Value("x"));
    }

    [Fact]
    public void A_session_may_be_warmed_up_first()
    {
        session.Session.WarmUp();
        Assert.Equal("2", session.Value("var a = 1;", "a + 1"));
    }

    [Fact]
    public void Cells_run_on_one_thread_with_its_thread_statics() =>
        Assert.Equal("42", session.Value("using System.Threading; class Local { [ThreadStatic] public static int Value; } Local.Value = 42;", "Local.Value"));
}
