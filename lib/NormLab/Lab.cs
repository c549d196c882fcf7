using System.Reflection;
using System.Text.Json.Nodes;
using NormCore;
using NormCore.Native;
using NormLab.Data;
using NormLab.Experiments;
using NormLab.Rendering;
using NormLab.Sequences;
using static TorchSharp.torch;

namespace NormLab;

/// <summary>
/// The start of a notebook, and what its numbers depend on. The same values give the same numbers; it displays
/// neither times nor dates.
/// </summary>
public sealed record Lab : RichValue
{
    private Lab(int seed, Profile profile, Device device) => (Seed, Profile, Device) = (seed, profile, device);

    /// <summary>The seed of everything random in the notebook.</summary>
    public int Seed { get; }

    /// <summary>How much the notebook computes.</summary>
    public Profile Profile { get; }

    /// <summary>Where the tensors live.</summary>
    public Device Device { get; }

    /// <summary>The dataset, once <see cref="Using(ImageDataset)"/> names it.</summary>
    public ImageDataset? Dataset { get; private init; }

    /// <summary>The text, where a notebook has one.</summary>
    public TextData? Text { get; private init; }

    /// <summary>
    /// Loads libtorch, seeds it, picks the device and fixes the number of threads: two, or NORM_THREADS, because sums
    /// depend on how they are split.
    /// </summary>
    /// <param name="seed">The seed of everything random in the notebook.</param>
    /// <param name="profile">How much to compute; null reads NORM_PROFILE (default or full).</param>
    /// <exception cref="DllNotFoundException">libtorch cannot be loaded; the message says what to install.</exception>
    /// <exception cref="InvalidOperationException">NORM_PROFILE or NORM_THREADS has a value that means nothing.</exception>
    public static Lab Start(int seed = 1, Profile? profile = null)
    {
        var chosen = profile ?? LabSettings.Profile;
        var threads = LabSettings.Threads;
        NativeTorch.Load();
        set_num_threads(threads);
        manual_seed(seed);
        return new(seed, chosen, ComputeDevice.Default);
    }

    /// <summary>The value for this profile: <c>lab.Pick(fast: 3, full: 30)</c> in the one field that differs.</summary>
    public T Pick<T>(T fast, T full) => Profile == Profile.Full ? full : fast;

    /// <summary>Where a full run keeps what is finished, so that an interrupted one goes on; null, for computing everything, in the default profile.</summary>
    /// <param name="name">A name for the notebook's folder below artifacts/runs.</param>
    public RunCache? Cache(string name) => Pick(fast: null, full: RunCache.InArtifacts(name));

    /// <summary>A random generator on the CPU that depends on the seed and a number of one's own.</summary>
    public Generator Generator(int stream = 0) => new(unchecked((ulong)Seed * 1_000_003 + (ulong)stream));

    /// <summary>This lab with the dataset among what its numbers depend on. Display the result.</summary>
    public Lab Using(ImageDataset dataset) => this with { Dataset = dataset };

    /// <inheritdoc cref="Using(ImageDataset)"/>
    public Lab Using(TextData text) => this with { Text = text };

    /// <inheritdoc/>
    public override string ToText() => ToTable().ToText();

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) =>
        mimeType == MimeTypes.Provenance ? Json.Text(ToJson()) : ToTable().ToMime(mimeType);

    private Table ToTable()
    {
        var table = ToJson().Where(field => field.Value is not null)
            .Aggregate(new Table("what the numbers depend on", "value"), (rows, field) => rows.Row(Words(field.Key), field.Value!.ToString()));
        table = Dataset is null ? table : table.Row("dataset chosen because", Dataset.Reason);
        return Text is null ? table : table.Row("text chosen because", Text.Reason);
    }

    private JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["seed"] = Seed,
            ["device"] = Device.type.ToString().ToLowerInvariant(),
            ["processor"] = Processor.InstructionSet,
            ["library"] = Version(typeof(Lab).Assembly),
            ["torch"] = __version__,
            ["profile"] = Profile.ToString().ToLowerInvariant(),
            ["threads"] = get_num_threads(),
            ["dataset"] = Dataset?.Name,
            ["datasetSha256"] = Dataset?.Sha256,
        };
        return Text?.AddTo(json) ?? json;
    }

    private static string Words(string key) => key.Replace("Sha256", " SHA-256", StringComparison.Ordinal);

    // Without the commit, which every commit would change in all notebooks.
    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
