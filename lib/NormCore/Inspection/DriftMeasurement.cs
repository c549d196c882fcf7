using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>What the layers of a model would track of given batches, found by letting them track and taking it back.</summary>
/// <remarks>
/// An update leaves r' = (1 − w) r + w b with w = 1 − (1 − ρ)ᵏ after k updates, so b = (r' − (1 − w) r)/w holds for whatever a layer
/// tracks: statistics of a batch, of its chunks or of instances. Each layer sees what it would see in training, so that a stale layer
/// does not make those after it look stale too.
/// </remarks>
internal static class DriftMeasurement
{
    /// <summary>The drift of every layer that the batches reach, by its module; the model is afterwards as it was.</summary>
    public static IReadOnlyDictionary<nn.Module, StatisticsDrift> Measure(nn.Module<Tensor, Tensor> model, IEnumerable<Tensor> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var layers = TrackingLayer.In(model).Where(layer => layer.Tracked is not null).ToArray();
        using var noGradient = no_grad();
        using var before = new PreservedState(model);
        model.eval(); // Dropout would widen what is measured.
        foreach (var layer in layers) layer.Module.train();
        var taken = layers.ToDictionary(layer => layer, _ => new List<ChannelStatistics>());
        foreach (var batch in batches)
        {
            TensorCheck.IsAlive(batch, nameof(batches));
            using var scope = NewDisposeScope(); // Not around the loop: it would own what the enumerator makes, and perhaps keeps.
            foreach (var layer in layers) layer.Tracked!.zero_(); // Then a plain average starts anew, with weight 1.
            var held = layers.Select(ChannelStatistics.Of).ToArray();
            model.call(batch);
            foreach (var (layer, old) in layers.Zip(held))
                if (Weight(layer) is > 0 and var weight)
                    taken[layer].Add(ChannelStatistics.Of(layer).TakenIn(old, weight));
            before.RestoreBuffers();
        }
        return taken.Where(entry => entry.Value.Count > 0).ToDictionary(entry => entry.Key.Module, entry => StatisticsDrift.Of(entry.Key, entry.Value));
    }

    private static double Weight(TrackingLayer layer)
    {
        var updates = layer.BatchesTracked!.Value;
        if (updates == 0 || !layer.TryMomentum(out var momentum)) return 0;
        return momentum is { } rho ? 1 - Math.Pow(1 - rho, updates) : 1;
    }
}
