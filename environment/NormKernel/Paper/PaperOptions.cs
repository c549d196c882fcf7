namespace NormKernel.Paper;

/// <summary>How a paper is to be.</summary>
/// <param name="WithCode">Whether it shows the code of the cells.</param>
/// <param name="Authors">The line of authors on the title page; none where null.</param>
public sealed record PaperOptions(bool WithCode = true, string? Authors = null);
