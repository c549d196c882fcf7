using System.CommandLine;
using NormKernel.Notebooks;
using NormKernel.Packing;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>pack</c>: makes the libraries available to other front ends.</summary>
public sealed class PackCommand(CommandContext context)
{
    public Command Create()
    {
        var command = new Command("pack", """
            Packs the libraries into packages/, where `#r "nuget: NormLab, 1.*"` finds them in other front ends, each time with
            a new version, and restores them once with all that they depend on.

            Example: pack
            """);
        command.SetAction((_, cancellationToken) => Pack(cancellationToken));
        return command;
    }

    private async Task<int> Pack(CancellationToken cancellationToken)
    {
        var root = Repository.FindRoot(context.CurrentFolder)
            ?? throw new NotebookPathException($"no repository (a folder with a .sln file) at or above {context.CurrentFolder}: go there to pack its libraries");
        await new LibraryPacker(root, context.Console.WriteLine).Pack(DateTimeOffset.UtcNow, cancellationToken);
        return ExitCode.Success;
    }
}
