namespace NormKernel.Engine;

/// <summary>Code to run: what to call it in messages ("cell 3", "setup.ipynb, cell 1"), its text, and the folder its paths are relative to.</summary>
public sealed record CellSource(string Name, string Text, string Directory);
