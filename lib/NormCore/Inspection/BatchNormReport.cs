using System.Globalization;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>The mode of every batch norm of a model and how good its running statistics are: the first look when training is good and evaluation bad.</summary>
/// <remarks>
/// Layers are known by PyTorch's buffers (running_mean and beside it running_var), so TorchSharp's own and other people's are seen too, instance
/// norms with running statistics among them. A batch norm without running statistics has nothing to get stale and is not listed.
/// </remarks>
public sealed record BatchNormReport
{
    internal BatchNormReport(IReadOnlyList<BatchNormLayer> layers) => Layers = layers;

    /// <summary>The layers, in the order of the model.</summary>
    public IReadOnlyList<BatchNormLayer> Layers { get; }

    /// <summary>Whether some of the layers train and others evaluate.</summary>
    public bool IsMixed => Layers.Where(layer => layer.BatchesTracked is not null).Select(layer => layer.Training).Distinct().Count() > 1;

    /// <summary>What can be seen without data.</summary>
    /// <param name="model">Any module; only its buffers are read.</param>
    public static BatchNormReport Of(nn.Module model)
    {
        using var scope = NewDisposeScope();
        return new([.. TrackingLayer.In(model).Select(layer => BatchNormLayer.Of(layer, drift: null))]);
    }

    /// <summary>The same with each layer's <see cref="BatchNormLayer.Drift"/> from the statistics that it would track of the batches.</summary>
    /// <remarks>
    /// The batches go through the model once, its layers with running statistics in training mode, everything else in evaluation mode;
    /// modes and buffers are afterwards as before, also after an exception. Replicas with <see cref="SyncBatchNorm"/> do it together.
    /// </remarks>
    /// <param name="model">A model that takes a batch as it is.</param>
    /// <param name="batches">Batches as large as those of training, since running variances average those of batches.</param>
    public static BatchNormReport Of(nn.Module<Tensor, Tensor> model, IEnumerable<Tensor> batches)
    {
        var drifts = DriftMeasurement.Measure(model, batches);
        using var scope = NewDisposeScope();
        return new([.. TrackingLayer.In(model).Select(layer => BatchNormLayer.Of(layer, drifts.GetValueOrDefault(layer.Module)))]);
    }

    /// <summary>One line on the modes and a table with a line for each layer.</summary>
    public override string ToString()
    {
        var training = Layers.Count(layer => layer is { Training: true, BatchesTracked: not null });
        var modes = $"{Layers.Count} with running statistics, {training} in training mode{(IsMixed ? ": MIXED MODES" : "")}";
        string[] head = ["layer", "type", "channels", "mode", "batches", "momentum", "initial", "mean off by", "sigma ratio", "verdict"];
        string[][] rows = [head, .. Layers.Select(Cells)];
        var widths = Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var lines = rows.Select(row => string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
        return string.Join('\n', [modes, .. lines]);
    }

    private static string[] Cells(BatchNormLayer layer) =>
    [
        layer.Path.Length == 0 ? "(model)" : layer.Path,
        layer.Type,
        Text(layer.Channels),
        layer.Mode,
        layer.BatchesTracked is { } batches ? Text(batches) : "-",
        layer.Momentum is { } rho ? Text(rho) : "-",
        layer.InitialShare is { } share ? Text(share, "0.0%") : "-",
        layer.Drift is { } drift ? Text(drift.MeanShift, "0.00") : "-",
        layer.Drift is { } d ? $"{Text(d.LeastRatio, "0.00")} to {Text(d.GreatestRatio, "0.00")}" : "-",
        layer.Verdict,
    ];

    private static string Text(IFormattable number, string? format = null) => number.ToString(format, CultureInfo.InvariantCulture);
}
