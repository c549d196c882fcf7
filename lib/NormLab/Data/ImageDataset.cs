using System.Collections.Immutable;
using NormLab.Rendering;

namespace NormLab.Data;

/// <summary>
/// Grey images of ten classes for training and for testing. The pixels are (v − <see cref="Mean"/>)/<see cref="StandardDeviation"/>
/// with v in 0 to 1.
/// </summary>
public sealed record ImageDataset : RichValue
{
    internal ImageDataset(string name, string reason, RawImages train, RawImages test, IEnumerable<string> classNames, (double Mean, double Deviation) pixels)
    {
        (Name, Reason, Mean, StandardDeviation) = (name, reason, pixels.Mean, pixels.Deviation);
        Sha256 = RawImages.Sha256(train, test);
        Train = ImageSet.Of(train, Mean, StandardDeviation);
        Test = ImageSet.Of(test, Mean, StandardDeviation);
        ClassNames = [.. classNames];
    }

    /// <summary>Which dataset it is.</summary>
    public string Name { get; }

    /// <summary>Why it is this one.</summary>
    public string Reason { get; }

    /// <summary>SHA-256 of the pixels and labels in use, before scaling; the same subset of the same data has the same one.</summary>
    public string Sha256 { get; }

    /// <summary>The images to train on.</summary>
    public ImageSet Train { get; }

    /// <summary>The images to test on.</summary>
    public ImageSet Test { get; }

    /// <summary>The name of each label.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The mean that was subtracted, of pixels from 0 to 1: a constant of the full training set.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation that was divided by, of the same pixels.</summary>
    public double StandardDeviation { get; }

    /// <summary>Name, reason, sizes and hash.</summary>
    public Table ToTable() => new Table("dataset", Name)
        .Row("because", Reason)
        .Row("images", $"{Train.Count} to train on, {Test.Count} to test on, 28×28 grey")
        .Row("classes", string.Join(", ", ClassNames))
        .Row("SHA-256", Sha256);

    /// <inheritdoc/>
    public override string ToText() => ToTable().ToText();

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => ToTable().ToMime(mimeType);
}
