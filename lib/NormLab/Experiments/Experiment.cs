using NormLab.Data;
using NormLab.Training;

namespace NormLab.Experiments;

/// <summary>
/// What is compared, declared before it runs: every arm at every learning rate with every seed. For one seed all arms and
/// rates have the same initial draws, training images and batch order.
/// <code>
/// new Experiment
/// {
///     Arms = Arm.Of(Normalizers.All, (norm, seed) => Networks.Cnn(norm, seed)),
///     LearningRates = [0.03, 0.1, 0.3, 1],
///     Options = new() { MaxSteps = 100 },
/// }.Run(train, test)
/// </code>
/// </summary>
public sealed record Experiment
{
    /// <summary>What is compared; names are unique.</summary>
    public required IReadOnlyList<Arm> Arms { get; init; }

    /// <summary>The seeds of weights, images and batch order.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [1, 2, 3, 4, 5];

    /// <summary>The grid that all arms share, or none for the rate of <see cref="Options"/> alone.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [];

    /// <summary>What decides a run beside arm, rate and seed.</summary>
    public TrainingOptions Options { get; init; } = new();

    /// <summary>How many training images each seed draws, or null for all of them.</summary>
    public int? TrainImages { get; init; }

    /// <summary>The steps at the end of a run whose mean training loss is its late loss.</summary>
    public int LateSteps { get; init; } = 20;

    /// <summary>Makes the observers of one run, or null for none.</summary>
    public Func<IReadOnlyList<StepObserver>>? Observers { get; init; }

    /// <summary>
    /// Whether runs share the processor, each on one thread: small networks so train up to twice as fast, and the numbers do not depend on
    /// the number of threads. Not possible where a layer draws from torch's global generator, such as dropout; such an experiment says so. A GPU
    /// takes one run at a time in any case.
    /// </summary>
    public bool IsParallel { get; init; } = true;

    /// <summary>The learning rates, whether declared as a grid or as the options' one.</summary>
    internal IReadOnlyList<double> Rates => LearningRates.Count == 0 ? [Options.LearningRate] : LearningRates;

    /// <summary>Runs everything. The same experiment on the same images gives the same numbers.</summary>
    /// <param name="train">The images to train on, on the device to use.</param>
    /// <param name="test">The images to evaluate on, on the same device.</param>
    /// <param name="cache">Where finished runs are kept and found again, or null to compute everything.</param>
    /// <param name="progress">Gets "12 of 60 runs, 40 s left" now and then; null shows it on the console in a line that is wiped at the end.</param>
    /// <param name="cancellation">Ends the experiment; what is finished stays in the cache.</param>
    /// <exception cref="ArgumentException">No arms, seeds or images, or two of the same name.</exception>
    /// <exception cref="OperationCanceledException">The experiment was cancelled.</exception>
    public ExperimentResult Run(ImageSet train, ImageSet test, RunCache? cache = null, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        Require();
        using var line = progress is null ? new TransientLine(Console.Out) : null;
        var settings = (from arm in Arms from rate in Rates from seed in Seeds select new RunSetting(this, arm, rate, seed)).ToArray();
        var runs = new ArmRun[settings.Length];
        using var data = new RunData(train, test, TrainImages, Seeds, cache);
        var parallel = IsParallel && train.Images.device_type == TorchSharp.DeviceType.CPU;
        new Lanes(parallel).Run(settings.Length, (i, token) => runs[i] = settings[i].Run(data, !parallel, token), progress ?? line!.Show, cancellation);
        return new([.. runs]) { LateSteps = LateSteps };
    }

    private void Require()
    {
        if (Arms.Count == 0 || Seeds.Count == 0)
            throw new ArgumentException($"The experiment has {Arms.Count} arms and {Seeds.Count} seeds; it needs at least one of each.");
        RequireDistinct(Arms.Select(arm => arm.Name), "arm");
        RequireDistinct(Seeds, "seed");
        RequireDistinct(Rates, "learning rate");
    }

    private static void RequireDistinct<T>(IEnumerable<T> values, string what)
    {
        if (values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The {what} '{twice.Key}' is there {twice.Count()} times; results are found by it, so each must be another.");
    }
}
