using static TorchSharp.torch;

namespace NormCore;

/// <summary>Makes a forward pass through a batch norm or a dropout in the wrong mode an exception, until it is disposed.</summary>
/// <remarks>
/// The classic trap: evaluation in training mode normalizes by the batch at hand and changes the running statistics; training in
/// evaluation mode learns none. Guarded are layers that track running statistics (a buffer num_batches_tracked) and layers whose class
/// name contains "Drop". The check is a hook before the layer's <c>call</c>; code that calls <c>forward</c> of a layer passes it by.
/// </remarks>
/// <example><code>
/// using (ModeGuard.RequireEvaluation(model)) accuracy = Measure(model, testData);
/// </code></example>
public sealed class ModeGuard : IDisposable
{
    private readonly List<Action> removals = [];
    private readonly List<string> layers = [];

    private ModeGuard(nn.Module model, bool training)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var (path, module) in ModuleTree.Walk(model).DistinctBy(found => found.Module))
        {
            if (module is not nn.Module<Tensor, Tensor> layer || Harm(layer, training) is not { } harm) continue;
            var hook = layer.register_forward_pre_hook((Action<nn.Module>)(called => Require(called, training, path, harm)));
            removals.Add(hook.remove);
            layers.Add(path);
        }
    }

    /// <summary>The paths of the guarded layers.</summary>
    public IReadOnlyList<string> Layers => layers;

    /// <summary>From now on a guarded layer in training mode throws <see cref="InvalidOperationException"/>.</summary>
    /// <param name="model">Any module; its mode is not changed.</param>
    public static ModeGuard RequireEvaluation(nn.Module model) => new(model, training: false);

    /// <summary>From now on a guarded layer in evaluation mode throws <see cref="InvalidOperationException"/>.</summary>
    /// <param name="model">Any module; its mode is not changed.</param>
    public static ModeGuard RequireTraining(nn.Module model) => new(model, training: true);

    /// <summary>Takes the guard away.</summary>
    public void Dispose()
    {
        foreach (var remove in removals) remove();
        removals.Clear();
    }

    private static string? Harm(nn.Module layer, bool training)
    {
        if (layer.get_buffer("num_batches_tracked") is not null)
            return training
                ? "it would normalize by its running statistics and learn none from this batch"
                : "it would normalize by the statistics of this batch and change its running statistics";
        if (!layer.GetType().Name.Contains("Drop", StringComparison.Ordinal)) return null;
        return training ? "it would drop nothing" : "it would drop elements at random";
    }

    private static void Require(nn.Module layer, bool training, string path, string harm)
    {
        if (layer.training == training) return;
        var (mode, call) = training ? ("evaluation", "train") : ("training", "eval");
        throw new InvalidOperationException(
            $"layer '{path}' ({layer.GetType().Name}) is in {mode} mode where {(training ? "training" : "evaluation")} mode is required: {harm}. Call {call}() on the model first; {nameof(BatchNormReport)}.Of(model) shows the modes of all layers.");
    }
}
