using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.QuickInfo;
using NormKernel.Engine.Scripts;

namespace NormKernel.Engine.Completion;

/// <summary>Completes and explains a cell that is being written. Not thread-safe, and not to be used while a cell runs.</summary>
public sealed class CodeAssistant : IDisposable
{
    private readonly NotebookWorkspace workspace;

    private CodeAssistant(SubmissionChain submissions) => workspace = new(submissions);

    /// <summary>Loads and compiles Roslyn's services by using each of them once, which takes a second or two.</summary>
    public static CodeAssistant Start(SubmissionChain submissions)
    {
        var assistant = new CodeAssistant(submissions);
        assistant.Complete("Console.", "Console.".Length);
        assistant.Inspect("Console.WriteLine(\"\")", "Console.Write".Length, withRemarks: false);
        return assistant;
    }

    /// <param name="code">The whole cell.</param>
    /// <param name="position">The cursor's, as a string index.</param>
    public Completions Complete(string code, int position)
    {
        var document = workspace.Document(code);
        var list = CompletionService.GetService(document)!.GetCompletionsAsync(document, position).GetAwaiter().GetResult();
        var typed = code[list.Span.Start..position];
        var items = list.ItemsList.Where(item => !item.IsComplexTextEdit).ToList();
        return new(list.Span.Start, list.Span.End, [.. Matches.Of(items, typed)]);
    }

    /// <summary>What the name at the cursor is, or the method whose arguments the cursor stands among; null where there is no such thing.</summary>
    /// <param name="code">The whole cell.</param>
    /// <param name="position">The cursor's, as a string index.</param>
    /// <param name="withRemarks">Whether to quote the remarks of the documentation too.</param>
    public CodeDescription? Inspect(string code, int position, bool withRemarks)
    {
        var document = workspace.Document(code);
        var service = QuickInfoService.GetService(document)!;
        foreach (var place in NamePlaces.Near(document.GetSyntaxRootAsync().GetAwaiter().GetResult()!, position))
        {
            if (service.GetQuickInfoAsync(document, place).GetAwaiter().GetResult() is { } info)
                return DescriptionText.Of(info, withRemarks);
        }

        return null;
    }

    public void Dispose() => workspace.Dispose();
}
