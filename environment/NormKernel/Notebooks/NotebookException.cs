namespace NormKernel.Notebooks;

/// <summary>A file that cannot be used as a notebook; the message names the file and what is wrong with it.</summary>
public sealed class NotebookException(string path, string problem, Exception? inner = null)
    : Exception($"{path}: {problem}", inner);
