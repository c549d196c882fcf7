using System.CommandLine;
using NormKernel.Jupyter.Installation;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>install</c>: tells Jupyter of this kernel.</summary>
public sealed class InstallCommand(CommandContext context)
{
    public Command Create()
    {
        var prefix = new Option<string?>("--prefix")
        {
            Description = "Register below this folder, in share/jupyter/kernels. Default: for the user, or in JUPYTER_DATA_DIR.",
            HelpName = "folder",
        };
        var uninstall = new Option<bool>("--uninstall") { Description = "Remove the registration." };
        var command = new Command("install", """
            Registers this program as a kernel of Jupyter and of VS Code's Jupyter extension, under the name `normkernel`,
            and as `.net-csharp`, the name that the notebooks ask for, unless another kernel has it.
            The kernel that is registered is this build, at its place: do not move or delete it.

            Example: install
            """)
        { prefix, uninstall };
        command.SetAction(arguments => Run(arguments.GetValue(prefix), arguments.GetValue(uninstall)));
        return command;
    }

    private int Run(string? prefix, bool uninstall)
    {
        var folders = new JupyterFolders(Environment.GetEnvironmentVariable);
        var data = prefix is null ? folders.User : JupyterFolders.OfPrefix(Path.GetFullPath(prefix, context.CurrentFolder));
        var registration = new KernelRegistration(Path.GetFullPath(data, context.CurrentFolder), [.. folders.All()]);
        foreach (var line in uninstall ? registration.Uninstall() : registration.Install())
            context.Console.WriteLine(line);
        return ExitCode.Success;
    }
}
