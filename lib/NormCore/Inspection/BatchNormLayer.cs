using System.Globalization;

namespace NormCore;

/// <summary>One layer with running statistics, in numbers.</summary>
/// <param name="Path">Where it is in the model, as in the keys of state_dict; empty for the model itself.</param>
/// <param name="Type">The name of its class.</param>
/// <param name="Channels">C.</param>
/// <param name="Training">Whether it is in training mode.</param>
/// <param name="BatchesTracked">How many batches it has tracked; null for a frozen layer, which uses its statistics in both modes.</param>
/// <param name="Momentum">ρ, the weight of the NEW batch; null for the plain average, or where the layer does not say.</param>
/// <param name="InitialShare">(1 − ρ)ᵗ after t batches: how much of the initial (0, 1) the running statistics still hold; null where it cannot be known.</param>
/// <param name="IsInitial">Whether the running statistics are exactly the initial (0, 1).</param>
/// <param name="IsFinite">Whether they hold neither NaN nor infinity, and no negative variance.</param>
/// <param name="Drift">How far they are from those of given batches, or null where that was not measured: no batches given, none reached the layer, or it does not count them (TorchSharp's instance norms).</param>
public sealed record BatchNormLayer(
    string Path, string Type, long Channels, bool Training, long? BatchesTracked, double? Momentum, double? InitialShare, bool IsInitial, bool IsFinite, StatisticsDrift? Drift = null)
{
    /// <summary>Where it is in the model, as in the keys of state_dict; empty for the model itself.</summary>
    public string Path { get; init; } = Path ?? throw new ArgumentNullException(nameof(Path));

    /// <summary>The name of its class.</summary>
    public string Type { get; init; } = Type ?? throw new ArgumentNullException(nameof(Type));

    /// <summary>Whether no batch ever reached the running statistics, nor anything else.</summary>
    public bool IsNeverUpdated => IsInitial && BatchesTracked == 0;

    /// <summary>The mode, and where mean and variance come from in it.</summary>
    public string Mode => BatchesTracked is null ? "frozen: running" : Training ? "training: batch" : "evaluation: running";

    /// <summary>What that means for evaluation, worst first: unusable from (0, 1) or NaN, far from the data, or more than 1 % initial.</summary>
    public string Verdict =>
        !IsFinite ? "broken: NaN, infinity or a negative variance"
        : IsNeverUpdated ? "never updated: evaluation uses mean 0 and variance 1"
        : Drift is { IsSmall: false } ? "stale: far from the data; train on, or estimate the statistics again"
        : InitialShare > 0.01 ? string.Create(CultureInfo.InvariantCulture, $"young: {InitialShare * 100:0.#} % of the initial (0, 1) is left")
        : Momentum == 0 ? "stuck: momentum 0 takes in no batch"
        : BatchesTracked == 0 ? "set, not tracked: as good as where they come from"
        : "good";

    internal static BatchNormLayer Of(TrackingLayer layer, StatisticsDrift? drift)
    {
        var says = layer.TryMomentum(out var momentum);
        var initial = Holds((layer.Mean == 0) & (layer.Spread == 1));
        var tracked = layer.BatchesTracked;
        double? share = tracked is not { } batches || !says || (batches == 0 && !initial) ? null
            : batches == 0 ? 1
            : momentum is { } rho ? Math.Pow(1 - rho, batches) : 0;
        var finite = Holds(layer.Mean.isfinite() & layer.Spread.isfinite() & (layer.Spread >= 0));
        return new BatchNormLayer(
            layer.Path, layer.Module.GetType().Name, layer.Mean.numel(), layer.Module.training, tracked, momentum, share, initial, finite, drift);
    }

    private static bool Holds(TorchSharp.torch.Tensor everywhere) => everywhere.all().item<bool>();
}
