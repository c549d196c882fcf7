using NormKernel.Engine.Directives;
using NormKernel.Engine.Displays;
using NormKernel.Engine.Execution;
using NormKernel.Engine.InCells;
using NormKernel.Engine.Outputs;
using NormKernel.Engine.Packages;
using NormKernel.Engine.Scripts;

namespace NormKernel.Engine;

/// <summary>
/// One notebook's C#: cells run one after the other and see what earlier ones declared. Not thread-safe: one cell at a time.
/// </summary>
public sealed class CSharpSession : IDisposable
{
    private readonly string baseDirectory;
    private readonly ScriptReferences references = new(FrameworkReferences.Load());
    private readonly CellThread thread = new();
    private readonly PackageSession packages;
    private readonly DirectiveRunner directives;

    /// <param name="baseDirectory">The notebook's folder: paths in cells are relative to it.</param>
    public CSharpSession(string baseDirectory)
    {
        this.baseDirectory = Path.GetFullPath(baseDirectory);
        var context = new NotebookLoadContext();
        Submissions = new SubmissionChain(references, context);
        packages = new PackageSession(this.baseDirectory, references, context);
        directives = new DirectiveRunner(packages, Run);
        ConsoleCapture.Install();
        LiveDisplay.Install();
        Interruptible.Install();
    }

    /// <summary>The compilations so far and what they refer to: what completion and inspection start from.</summary>
    public SubmissionChain Submissions { get; }

    /// <summary>Loads and compiles the compiler itself ahead of the first cell; call it before that cell or not at all.</summary>
    public void WarmUp() => Execute("warm-up", "System.Linq.Enumerable.Range(0, 1).Select(i => $\"{i}\").ToArray()", NoOutput.Instance);

    /// <summary>Runs a cell to its end; whatever the cell does, the outcome says so and nothing is thrown.</summary>
    /// <param name="name">What messages call the cell, as "cell 3".</param>
    /// <param name="source">Its text, directives included.</param>
    /// <param name="sink">Receives console text and displays, also late ones of work the cell left running.</param>
    /// <param name="cancellationToken">Interrupts the cell.</param>
    public CellOutcome Execute(string name, string source, IOutputSink sink, CancellationToken cancellationToken = default)
    {
        var output = new CellOutput(sink, cancellationToken);
        var outcome = Execute(new CellSource(name, source, baseDirectory), output, cancellationToken);
        output.ShowLiveValues();
        output.Flush();
        return outcome;
    }

    public void Dispose() => thread.Dispose();

    private CellOutcome Execute(CellSource cell, CellOutput output, CancellationToken cancellationToken)
    {
        try
        {
            return Run(cell, output, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new(null, CellFailure.Interrupted());
        }
        catch (CellException refused)
        {
            return new(null, refused.Failure);
        }
    }

    private CellOutcome Run(CellSource cell, CellOutput output, CancellationToken cancellationToken)
    {
        var parsed = DirectiveParser.Parse(cell);
        directives.Run(cell, parsed.Directives, output, cancellationToken);
        if (string.IsNullOrWhiteSpace(parsed.Code))
            return CellOutcome.Nothing;

        using var timing = parsed.Directives.Any(directive => directive is TimeDirective) ? new WallTime(output) : null;
        var submission = Submissions.Compile(cell.Name, parsed.Code, cancellationToken);
        foreach (var warning in submission.Warnings)
            output.Write("stderr", warning + "\n");

        return thread.Run(submission, value => output.IsLive(value) ? null : MimeBundle.Of(value), output);
    }
}
