namespace NormKernel.Notebooks;

/// <summary>A path on the command line that leads to no notebook.</summary>
public sealed class NotebookPathException(string message) : Exception(message);
