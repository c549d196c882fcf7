namespace NormKernel.Engine.Completion;

/// <summary>What a name in the code is: its declaration and its documentation.</summary>
public sealed record CodeDescription(string Text, string Markdown);
