using NormKernel.Notebooks;
using NormKernel.Paper;
using NormKernel.Running;

namespace NormKernel.Commands;

/// <summary>The parts of the program that a run uses, so that tests can stand in for them.</summary>
/// <param name="StartExecutor">Starts what executes the cells of one notebook, in the folder given and with environment variables beyond this program's.</param>
/// <param name="BuildLibraries">Builds the library projects of the repository at the root given; an IOException says why it cannot.</param>
/// <param name="DrawCharts">Puts pictures beside a notebook's charts.</param>
/// <param name="KeepCharts">The same without drawing: takes pictures from the notebook as it was, where a chart is unchanged.</param>
/// <param name="BuildSite">Writes the site of the notebooks given into the folder given.</param>
/// <param name="BuildPaper">Writes the notebooks given as one document into the folder given.</param>
public sealed record RunTools(
    Func<string, IReadOnlyDictionary<string, string>, ICellExecutor> StartExecutor,
    Func<string, Action<string>, CancellationToken, Task> BuildLibraries,
    Func<Notebook, Notebook, Action<string>, CancellationToken, Task> DrawCharts,
    Func<Notebook, Notebook, Task> KeepCharts,
    Func<IReadOnlyList<string>, string, Action<string>, CancellationToken, Task> BuildSite,
    Func<IReadOnlyList<string>, string, PaperOptions, Action<string>, CancellationToken, Task> BuildPaper);
