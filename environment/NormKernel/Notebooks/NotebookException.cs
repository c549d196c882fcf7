using System.Text.Json;

namespace NormKernel.Notebooks;

/// <summary>
/// A file that cannot be used as a notebook; the message names the file and what is wrong with it. A kind of
/// <see cref="JsonException"/>, so that who reads JSON files in general need not know notebooks.
/// </summary>
public sealed class NotebookException(string path, string problem, Exception? inner = null)
    : JsonException($"{path}: {problem}", inner);
