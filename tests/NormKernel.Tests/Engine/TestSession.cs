using NormKernel.Engine;

namespace NormKernel.Tests.Engine;

/// <summary>A session whose cells number themselves.</summary>
internal sealed class TestSession(string? folder = null) : IDisposable
{
    private int count;

    public CSharpSession Session { get; } = new(folder ?? Path.GetTempPath());

    public RecordingSink Output { get; private set; } = new();

    public CellOutcome Run(string code) => RunUntil(code, CancellationToken.None);

    public CellOutcome RunUntil(string code, CancellationToken cancellationToken)
    {
        Output = new RecordingSink();
        return Session.Execute($"cell {++count}", code, Output, cancellationToken);
    }

    /// <summary>The text of the last cell's value; the cells must succeed.</summary>
    public string? Value(params string[] cells)
    {
        CellOutcome? outcome = null;
        foreach (var code in cells)
        {
            outcome = Run(code);
            Assert.True(outcome.Ok, string.Join('\n', outcome.Failure?.Lines ?? []));
        }

        return outcome?.Value?["text/plain"]?.GetValue<string>();
    }

    /// <summary>The lines that a failing cell shows.</summary>
    public string Failure(string code)
    {
        var outcome = Run(code);
        Assert.False(outcome.Ok);
        return string.Join('\n', outcome.Failure!.Lines);
    }

    public void Dispose() => Session.Dispose();
}
