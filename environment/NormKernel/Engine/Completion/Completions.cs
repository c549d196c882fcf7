namespace NormKernel.Engine.Completion;

/// <summary>What may stand in place of the text from <paramref name="Start"/> to <paramref name="End"/>, both string indices, best first.</summary>
public sealed record Completions(int Start, int End, IReadOnlyList<CompletionChoice> Items);

/// <summary>One of them, and its kind in the words that front ends draw pictures for: function, class, property, keyword, ….</summary>
public sealed record CompletionChoice(string Text, string Kind);
