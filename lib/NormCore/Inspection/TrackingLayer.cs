using System.Reflection;
using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>A layer with running statistics, NormCore's or anyone's: known by PyTorch's names of the buffers, not by a base class.</summary>
/// <remarks>
/// Beside running_mean lies running_var, or running_norm in <see cref="LpBatchNorm"/>, which divides by it as it is. Without
/// num_batches_tracked a layer is frozen: it uses its statistics in both modes.
/// </remarks>
internal sealed record TrackingLayer(string Path, nn.Module Module, Tensor Mean, Tensor Spread, bool IsVariance, Tensor? Tracked)
{
    /// <summary>All of them in a model, each under its first path.</summary>
    public static IReadOnlyList<TrackingLayer> In(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. ModuleTree.Walk(model).DistinctBy(found => found.Module).Select(Of).OfType<TrackingLayer>()];
    }

    /// <summary>How many batches were tracked, or null for a frozen layer.</summary>
    public long? BatchesTracked
    {
        get
        {
            using var scope = NewDisposeScope();
            return Tracked?.to(ScalarType.Int64).item<long>(); // TorchSharp's are of the layer's type.
        }
    }

    /// <summary>Whether the layer says its momentum, under that name; what it says, where null is the plain average.</summary>
    public bool TryMomentum(out double? momentum)
    {
        var property = Property("Momentum");
        momentum = property?.GetValue(Module) as double?;
        return property is not null;
    }

    /// <summary>By what the layer divides deviations at this spread: √(σ² + ε), or the norm.</summary>
    public double Divisor(double spread) => IsVariance ? Math.Sqrt(spread + Eps) : spread;

    private double Eps => Property("Eps")?.GetValue(Module) as double? ?? 1e-5;

    private static TrackingLayer? Of((string Path, nn.Module Module) found)
    {
        var (mean, variance) = (found.Module.get_buffer("running_mean"), found.Module.get_buffer("running_var"));
        var spread = variance ?? found.Module.get_buffer("running_norm");
        if (mean is null || spread is null) return null;
        TensorCheck.IsFloating(mean, $"{found.Path} running_mean".TrimStart());
        TensorCheck.IsFloating(spread, $"{found.Path} running_var".TrimStart());
        return new TrackingLayer(found.Path, found.Module, mean, spread, variance is not null, found.Module.get_buffer("num_batches_tracked"));
    }

    // TorchSharp writes its names in lower case.
    private PropertyInfo? Property(string name) =>
        Module.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
}
