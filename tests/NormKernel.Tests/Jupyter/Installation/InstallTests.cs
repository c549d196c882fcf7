using System.Text.Json.Nodes;
using NormKernel.Commands;
using NormKernel.Jupyter.Installation;
using NormKernel.Tests.Commands;

namespace NormKernel.Tests.Jupyter.Installation;

public sealed class InstallTests : IDisposable
{
    private const string Foreign = "{\"argv\": [\"other\"], \"display_name\": \".NET (C#)\", \"language\": \"C#\"}";

    private readonly TempFolder folder = new();
    private readonly Workplace workplace = new();

    private string Kernels => folder["share", "jupyter", "kernels"];

    public void Dispose()
    {
        folder.Dispose();
        workplace.Dispose();
    }

    [Fact]
    public async Task The_kernel_is_registered_under_both_names_and_starts_this_program()
    {
        Assert.Equal(ExitCode.Success, await workplace.Run("install", "--prefix", folder.Path));

        foreach (var name in new[] { "normkernel", ".net-csharp" })
        {
            var spec = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Kernels, name, "kernel.json"), TestContext.Current.CancellationToken))!;
            var arguments = spec["argv"]!.AsArray().Select(argument => argument!.GetValue<string>()).ToList();
            Assert.True(File.Exists(arguments[0]), arguments[0]);
            Assert.Equal([typeof(CommandLine).Assembly.Location, "jupyter", "{connection_file}"], arguments[1..]);
            Assert.Equal(("message", "C#"), (spec["interrupt_mode"]!.GetValue<string>(), spec["language"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Registering_again_replaces_and_uninstall_leaves_nothing()
    {
        await workplace.Run("install", "--prefix", folder.Path);
        Assert.Equal(ExitCode.Success, await workplace.Run("install", "--prefix", folder.Path));
        Assert.Equal(ExitCode.Success, await workplace.Run("install", "--prefix", folder.Path, "--uninstall"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Kernels));
        Assert.Equal(ExitCode.Success, await workplace.Run("install", "--prefix", folder.Path, "--uninstall"));
        Assert.Contains("nothing to remove", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_kernel_of_the_notebooks_name_stays_and_is_named()
    {
        var other = folder.Write("share/jupyter/kernels/.net-csharp/kernel.json", Foreign);
        Assert.Equal(ExitCode.Success, await workplace.Run("install", "--prefix", folder.Path));
        Assert.Contains(Path.GetDirectoryName(other)!, workplace.Output, StringComparison.Ordinal);
        await workplace.Run("install", "--prefix", folder.Path, "--uninstall");
        Assert.Equal(Foreign, await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(Path.Combine(Kernels, "normkernel")));
    }

    [Fact]
    public void Another_kernel_of_the_notebooks_name_elsewhere_is_not_hidden()
    {
        folder.Write("system/kernels/.net-csharp/kernel.json", Foreign);
        var lines = new KernelRegistration(folder["user"], [folder["system"], folder["user"]]).Install().ToList();
        Assert.False(Directory.Exists(folder["user", "kernels", ".net-csharp"]));
        Assert.Contains(folder["system"], lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Foreign)]
    [InlineData("not JSON")]
    public async Task A_folder_of_our_name_that_is_not_ours_is_not_touched(string text)
    {
        var other = folder.Write("share/jupyter/kernels/normkernel/kernel.json", text);
        Assert.Equal(ExitCode.Failure, await workplace.Run("install", "--prefix", folder.Path));
        Assert.Contains(Path.GetDirectoryName(other)!, workplace.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken));
        Assert.Equal(["normkernel"], Directory.EnumerateDirectories(Kernels).Select(Path.GetFileName));
    }

    [Fact]
    public void The_users_folder_is_the_one_that_the_environment_names()
    {
        Assert.Equal("/named", new JupyterFolders(name => name == "JUPYTER_DATA_DIR" ? "/named" : null).User);
        Assert.EndsWith("upyter", new JupyterFolders(_ => null).User, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Equal("/data/jupyter", new JupyterFolders(name => name == "XDG_DATA_HOME" ? "/data" : null).User);
    }

    [Fact]
    public void Kernels_are_looked_for_beside_every_jupyter_command_on_the_path()
    {
        var command = folder.Write(OperatingSystem.IsWindows() ? "bin/jupyter.exe" : "bin/jupyter", "");
        var folders = new JupyterFolders(name => name switch { "PATH" => Path.GetDirectoryName(command), "JUPYTER_PATH" => folder["more"], _ => null });
        Assert.Contains(folder["share", "jupyter"], folders.All());
        Assert.Contains(folder["more"], folders.All());
    }
}
