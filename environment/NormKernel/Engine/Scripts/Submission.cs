namespace NormKernel.Engine.Scripts;

/// <summary>A compiled cell.</summary>
/// <param name="Start">Runs it; call it once. The task's result is the last expression's value.</param>
/// <param name="HasValue">Whether the cell ends on an expression that has a value.</param>
/// <param name="Warnings">What the compiler remarks, ready to show.</param>
public sealed record Submission(Func<Task<object?>> Start, bool HasValue, IReadOnlyList<string> Warnings);
