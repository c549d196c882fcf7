using Spectre.Console;

namespace NormKernel.Commands;

/// <summary>What a command works with.</summary>
/// <param name="Console">Where it prints.</param>
/// <param name="Error">Where it says that the command line made no sense.</param>
/// <param name="CurrentFolder">What relative paths are relative to.</param>
/// <param name="Tools">What it uses of the rest of the program.</param>
public sealed record CommandContext(IAnsiConsole Console, TextWriter Error, string CurrentFolder, RunTools Tools)
{
    /// <summary>A path as a user wants to read it.</summary>
    public string DisplayName(string path) => Path.GetRelativePath(CurrentFolder, path);

    /// <summary>The folder for what runs leave behind: in the repository of <paramref name="path"/>, or else here.</summary>
    public string ArtifactsFolder(string path) => Path.Combine(Repository.FindRoot(path) ?? CurrentFolder, "artifacts");
}
