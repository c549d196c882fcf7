namespace NormKernel.Paper.Bibliography;

/// <summary>A bibliography that cannot be read, or a source that is not in it. Either stops a build, as a file that is missing does.</summary>
public sealed class BibliographyException(string message) : IOException(message);
