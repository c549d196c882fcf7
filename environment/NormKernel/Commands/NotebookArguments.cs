using System.CommandLine;

namespace NormKernel.Commands;

/// <summary>Arguments and options that several commands share.</summary>
public static class NotebookArguments
{
    public static Argument<string[]> Paths() => new("paths")
    {
        Description = "Notebooks or folders of notebooks. Default: all of the repository's notebooks folder.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<string?> Profile() => new("--profile")
    {
        Description = "Sets NORM_PROFILE for the notebooks, by which they choose between a fast and a full run.",
        HelpName = "name",
    };
}
