using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NormLab.Data;
using NormLab.Rendering;
using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>A text as numbers, one per character: its first nine tenths to train on, the rest to test on.</summary>
public sealed record TextData : RichValue
{
    private const int GeneratedLength = 400_000;
    private readonly Tensor tokens;

    private TextData(string name, string reason, string text)
    {
        (Name, Reason, Characters) = (name, reason, new([.. text.Distinct().Order()]));
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var number = Characters.Select((sign, i) => (sign, i)).ToDictionary(pair => pair.sign, pair => (long)pair.i);
        tokens = tensor(text.Select(sign => number[sign]).ToArray(), ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>Which text it is.</summary>
    public string Name { get; }

    /// <summary>Why it is this one.</summary>
    public string Reason { get; }

    /// <summary>SHA-256 of the text in UTF-8.</summary>
    public string Sha256 { get; }

    /// <summary>The characters that occur, in the order of their numbers.</summary>
    public string Characters { get; }

    /// <summary>The number of characters of the text.</summary>
    public long Length => tokens.shape[0];

    /// <summary>The file <c>shakespeare/input.txt</c> in NORM_DATA where it is, else built-in generated text. Nothing is downloaded.</summary>
    public static TextData Load()
    {
        var file = DataFolders.Given is { } folder ? Path.Combine(folder, "shakespeare", "input.txt") : null;
        return file is not null && File.Exists(file)
            ? new("plays of Shakespeare", "its file is at hand", File.ReadAllText(file).ReplaceLineEndings("\n"))
            : new(GeneratedText.Name, "NORM_DATA has no file shakespeare/input.txt", GeneratedText.Make(GeneratedLength, seed: 1));
    }

    /// <summary>The built-in generated text.</summary>
    public static TextData Generated() => new(GeneratedText.Name, "it was asked for", GeneratedText.Make(GeneratedLength, seed: 1));

    /// <summary>Windows of the text at random places: inputs (N, T) and as targets (N, T) the same, one character later.</summary>
    /// <param name="count">N.</param>
    /// <param name="context">T.</param>
    /// <param name="seed">The seed of the places.</param>
    /// <param name="test">Whether they come from the last tenth, which training windows never reach into.</param>
    public ImageSet Windows(int count, int context, int seed, bool test = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var split = Length * 9 / 10;
        var (low, high) = test ? (split, Length) : (0, split);
        if (context < 1 || context >= high - low)
            throw new ArgumentOutOfRangeException(nameof(context), context, $"This part of the text has {high - low} characters; a window takes one more than its context.");
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var starts = randint(low, high - context, [count, 1], generator: generator); // (N, 1)
        var windows = tokens.index_select(0, (starts + arange(context + 1)).view(-1)).view(count, context + 1); // (N, T + 1)
        return Of(windows);
    }

    /// <summary>Sequences of characters drawn independently and evenly: nothing before a character says anything about it.</summary>
    /// <param name="count">N.</param>
    /// <param name="context">T.</param>
    /// <param name="characters">How many different ones, numbered from 0.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static ImageSet Random(int count, int context, int characters, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        return Of(randint(0, characters, [count, context + 1], generator: generator));
    }

    /// <summary>What a run's numbers depend on, with this text.</summary>
    internal JsonObject AddTo(JsonObject json)
    {
        (json["text"], json["textSha256"]) = (Name, Sha256);
        return json;
    }

    private static ImageSet Of(Tensor windows)
    {
        var context = windows.shape[1] - 1;
        var (input, target) = (windows.narrow(1, 0, context), windows.narrow(1, 1, context));
        return new(input.to(ScalarType.Int64).contiguous().MoveToOuterDisposeScope(), target.to(ScalarType.Int64).contiguous().MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override string ToText() => ToTable().ToText();

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => ToTable().ToMime(mimeType);

    private Table ToTable() => new Table("text", Name).Row("because", Reason).Row("characters", $"{Length}, {Characters.Length} different ones").Row("SHA-256", Sha256);
}
