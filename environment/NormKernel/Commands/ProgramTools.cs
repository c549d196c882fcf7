using NormKernel.Engine.Packages;
using NormKernel.Paper;
using NormKernel.Running;
using NormKernel.Site;
using NormKernel.Site.Pictures;
using NormKernel.Workers;

namespace NormKernel.Commands;

/// <summary>The tools of the program itself: worker processes, the repository's build, a browser for pictures.</summary>
public static class ProgramTools
{
    public static RunTools Create() => new(
        (folder, environment) => new WorkerExecutor(WorkerProcess.Start(folder, environment)),
        BuildLibraries,
        (notebook, before, log, cancellationToken) => ChartPictures.Add(notebook, before, log, cancellationToken),
        (notebook, before) => ChartPictures.Add(notebook, before, browser: null, log: _ => { }, CancellationToken.None),
        (paths, folder, log, cancellationToken) => SiteBuilder.Build(paths, folder, log, cancellationToken),
        (paths, folder, options, log, cancellationToken) => PaperBuilder.Build(paths, folder, options, log, cancellationToken));

    private static async Task BuildLibraries(string root, Action<string> log, CancellationToken cancellationToken)
    {
        if (!await RepositoryProjects.Build(root, ids: null, log, cancellationToken))
            throw new IOException($"the libraries of {root} do not build, so no notebook was run");
    }
}
