using NormKernel.Engine.Packages;
using NormKernel.Running;
using NormKernel.Running.Progress;

namespace NormKernel.Commands;

/// <summary>One run of notebooks from the command line: libraries built once, progress shown, times kept for the next run.</summary>
public sealed class RunSession(CommandContext context, string? profile)
{
    private const string ProfileVariable = "NORM_PROFILE";

    private readonly string profileName = profile ?? Environment.GetEnvironmentVariable(ProfileVariable) ?? "";

    /// <param name="notebooks">What to run.</param>
    /// <param name="finish">What happens to each notebook that has run.</param>
    /// <param name="cancellationToken">Ends the run early; what ran is finished all the same.</param>
    /// <exception cref="IOException">The libraries do not build.</exception>
    public async Task<IReadOnlyList<NotebookRun>> Run(
        IReadOnlyList<LoadedNotebook> notebooks,
        Func<LoadedNotebook, NotebookRun, RunProgress, CancellationToken, Task> finish,
        CancellationToken cancellationToken)
    {
        await BuildLibraries(notebooks, cancellationToken);

        var timesPath = Path.Combine(context.ArtifactsFolder(notebooks[0].Path), "run-times.json");
        var times = RunTimes.Load(timesPath);
        var plan = RunPlan.For(notebooks, (path, cell) => times.SecondsOf(TimesKey(path), cell));
        var progress = new RunProgress(plan, context.DisplayName, TimeProvider.System);
        var observer = new Observers(progress, new ConsoleReport(context.Console, context.DisplayName));
        var runner = new CollectionRunner(
            new NotebookRunner(folder => context.Tools.StartExecutor(folder, WorkerEnvironment()), observer),
            observer,
            (notebook, run, token) => finish(notebook, run, progress, token));

        var work = runner.Run(notebooks, cancellationToken);
        await ProgressDisplay.While(work, progress, context.Console);
        var runs = await work;

        foreach (var run in runs)
            times.Remember(TimesKey(run.Path), run.CellRuns);
        KeepTimes(times, timesPath);
        return runs;
    }

    private async Task BuildLibraries(IReadOnlyList<LoadedNotebook> notebooks, CancellationToken cancellationToken)
    {
        foreach (var root in notebooks.Select(notebook => Repository.FindRoot(notebook.Path)).OfType<string>().Distinct())
            await context.Tools.BuildLibraries(root, context.Console.Profile.Out.Writer.WriteLine, cancellationToken);
    }

    private Dictionary<string, string> WorkerEnvironment()
    {
        var variables = new Dictionary<string, string> { [RepositoryProjects.SkipBuildVariable] = "1" };
        if (profile is not null)
            variables[ProfileVariable] = profile;
        return variables;
    }

    private string TimesKey(string path)
    {
        var name = Path.GetRelativePath(Repository.FindRoot(path) ?? context.CurrentFolder, path).Replace('\\', '/');
        return profileName.Length == 0 ? name : $"{name} ({profileName})";
    }

    /// <summary>They only make the next estimate better; no run fails for want of them.</summary>
    private static void KeepTimes(RunTimes times, string path)
    {
        try
        {
            times.Save(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }
}
