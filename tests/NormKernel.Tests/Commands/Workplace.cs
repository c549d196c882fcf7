using NormKernel.Commands;
using NormKernel.Notebooks;
using NormKernel.Paper;
using NormKernel.Tests.Notebooks;
using NormKernel.Tests.Running;

namespace NormKernel.Tests.Commands;

/// <summary>A repository in a temporary folder, with a command line whose worker, charts and site are stand-ins.</summary>
public sealed class Workplace : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public Workplace()
    {
        File.WriteAllText(folder["Test.sln"], "");
        Directory.CreateDirectory(folder["notebooks"]);
    }

    public string Root => folder.Path;

    public string Output => output.ToString();

    public string Error => error.ToString();

    public List<IReadOnlyList<string>> Sites { get; } = [];

    public List<(IReadOnlyList<string> Names, string Folder, PaperOptions Options)> Papers { get; } = [];

    public List<string> BuiltRoots { get; } = [];

    public int ChartsDrawn { get; private set; }

    public Func<string, Task> BuildLibraries { get; set; } = _ => Task.CompletedTask;

    public string this[params string[] names] => folder[names];

    public string AddNotebook(string name, params string[] sources) => NotebookText.WriteFile(folder["notebooks", name], sources);

    public Notebook Load(string name) => Notebook.Load(folder["notebooks", name]);

    public Task<int> Run(params string[] arguments) => RunInterruptibly(arguments, TestContext.Current.CancellationToken);

    public Task<int> RunInterruptibly(string[] arguments, CancellationToken cancellationToken) =>
        CommandLine.Run(arguments, new CommandContext(Terminal.ForLog(output), error, folder.Path, Tools()), cancellationToken);

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    private RunTools Tools() => new(
        (path, environment) => new FakeExecutor(path, environment),
        (root, _, _) =>
        {
            BuiltRoots.Add(root);
            return BuildLibraries(root);
        },
        (_, _, _, _) =>
        {
            ChartsDrawn++;
            return Task.CompletedTask;
        },
        (_, _) => Task.CompletedTask,
        (paths, _, _, _) =>
        {
            Sites.Add([.. paths.Select(path => Path.GetFileName(path)!)]);
            return Task.CompletedTask;
        },
        (paths, target, options, _, _) =>
        {
            Papers.Add(([.. paths.Select(path => Path.GetFileName(path)!)], target, options));
            return Task.CompletedTask;
        });
}
