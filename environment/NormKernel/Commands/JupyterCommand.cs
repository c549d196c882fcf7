using System.CommandLine;
using NormKernel.Jupyter;

namespace NormKernel.Commands;

/// <summary><c>jupyter</c>: serves a Jupyter front end. Front ends start it; people call <c>install</c>.</summary>
public static class JupyterCommand
{
    public const string Name = "jupyter";

    public static Command Create()
    {
        var file = new Argument<string>("connection file") { Description = "The file in which a front end says where to listen." };
        var command = new Command(Name, """
            Serves a Jupyter front end until that ends it. Front ends call this; `install` tells them of it.

            Example: jupyter connection.json
            """)
        { file };
        command.SetAction(arguments => KernelProgram.Run(arguments.GetValue(file)!));
        return command;
    }
}
