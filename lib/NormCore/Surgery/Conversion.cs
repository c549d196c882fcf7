using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Makes normalizers out of others: TorchSharp's into this library's, and batch norms into other norms and back.</summary>
/// <remarks>
/// The new layer has copies of the parameters and statistics, on their device and of their type, learned or not as before, and the same
/// ε, momentum and mode. Make optimizers after it. <see cref="Replacement.Each"/> does it to all layers of a model.
/// </remarks>
public static class Conversion
{
    /// <summary>Replaces all normalization layers of TorchSharp in a model by those of this library, which compute the same.</summary>
    /// <param name="model">The model, or a single layer.</param>
    /// <inheritdoc cref="Replacement.Replace" path="/returns"/>
    /// <inheritdoc cref="Replacement.Replace" path="/exception"/>
    public static TModel ToNormCore<TModel>(TModel model)
        where TModel : nn.Module => Replacement.Replace(model, (_, module) => FromTorchSharp(module));

    /// <summary>The layer that computes what a batch, instance, layer or group norm of TorchSharp computes; null for any other module.</summary>
    /// <remarks>Half-precision running statistics become float32. TorchSharp 0.107 has no RMS norm.</remarks>
    /// <exception cref="NotSupportedException">A group norm without γ and β: TorchSharp's does not keep its number of channels.</exception>
    public static nn.Module<Tensor, Tensor>? FromTorchSharp(nn.Module layer) => layer switch
    {
        BatchNorm1d or BatchNorm2d or BatchNorm3d => From((NormBase)layer, (from, device, type) =>
            new BatchNorm(from.num_features, from.eps, from.momentum, from.affine, from.track_running_stats, device, type)),
        InstanceNorm1d => From((NormBase)layer, (from, device, type) => Instance(from, 1, device, type)),
        InstanceNorm2d => From((NormBase)layer, (from, device, type) => Instance(from, 2, device, type)),
        InstanceNorm3d => From((NormBase)layer, (from, device, type) => Instance(from, 3, device, type)),
        TorchSharp.Modules.LayerNorm norm => From(norm, (from, device, type) =>
            new LayerNorm(from.normalized_shape, from.eps, from.get_parameter("weight") is not null, from.get_parameter("bias") is not null, device, type)),
        TorchSharp.Modules.GroupNorm norm => From(norm, (from, device, type) => from.get_parameter("weight") is { } weight
            ? new GroupNorm(from.num_groups, weight.shape[0], from.eps, affine: true, device, type)
            : throw new NotSupportedException("A GroupNorm of TorchSharp without γ and β does not keep its number of channels. Make a NormCore.GroupNorm in its place.")),
        null => throw new ArgumentNullException(nameof(layer)),
        _ => null,
    };

    /// <summary>A group norm with the γ and β of a batch norm. It computes something else: train it further.</summary>
    /// <exception cref="ArgumentException">The number of groups does not divide the number of channels.</exception>
    public static GroupNorm ToGroupNorm(BatchNorm layer, long numGroups) => From(layer, (from, device, type) =>
        new GroupNorm(numGroups, from.NumFeatures, from.Eps, from.Weight is not null, device, type));

    /// <summary>A ghost batch norm with the state of a batch norm; in evaluation it computes the same.</summary>
    /// <exception cref="ArgumentException">A virtual batch size below 1.</exception>
    public static GhostBatchNorm ToGhostBatchNorm(BatchNorm layer, long virtualBatchSize) => From(layer, (from, device, type) =>
        new GhostBatchNorm(from.NumFeatures, virtualBatchSize, from.Eps, from.Momentum, from.Weight is not null, from.RunningMean is not null, device, type));

    /// <summary>A synchronized batch norm with the state of a batch norm; in evaluation it computes the same.</summary>
    /// <param name="layer">The batch norm of one replica's model.</param>
    /// <param name="group">This replica's member of its group.</param>
    public static SyncBatchNorm ToSyncBatchNorm(BatchNorm layer, ReplicaGroup group) => From(layer, (from, device, type) =>
        new SyncBatchNorm(from.NumFeatures, group, from.Eps, from.Momentum, from.Weight is not null, from.RunningMean is not null, device, type));

    /// <summary>A batch norm with the state of a ghost batch norm; in evaluation it computes the same.</summary>
    public static BatchNorm ToBatchNorm(GhostBatchNorm layer) => From(layer, (from, device, type) =>
        new BatchNorm(from.NumFeatures, from.Eps, from.Momentum, from.Weight is not null, from.RunningMean is not null, device, type));

    /// <summary>A batch norm with the state of a synchronized one; alone it computes the same.</summary>
    public static BatchNorm ToBatchNorm(SyncBatchNorm layer) => From(layer, (from, device, type) =>
        new BatchNorm(from.NumFeatures, from.Eps, from.Momentum, from.Weight is not null, from.RunningMean is not null, device, type));

    /// <summary>A batch norm that learns on from a frozen one; in evaluation it computes the same.</summary>
    /// <param name="layer">The frozen batch norm.</param>
    /// <param name="momentum">ρ, the weight of the NEW batch, which a frozen layer does not have.</param>
    public static BatchNorm ToBatchNorm(FrozenBatchNorm layer, double? momentum = 0.1) => From(layer, (from, device, type) =>
        new BatchNorm(from.NumFeatures, from.Eps, momentum, affine: true, trackRunningStatistics: true, device, type));

    private static InstanceNorm Instance(NormBase from, int spatialDimensions, Device? device, ScalarType? type) =>
        new(from.num_features, from.eps, from.momentum, from.affine, from.track_running_stats, spatialDimensions, device, type);

    /// <summary>Makes a layer and gives it, by name, the parameters, statistics and mode of another.</summary>
    internal static TTo From<TFrom, TTo>(TFrom from, Func<TFrom, Device?, ScalarType?, TTo> make)
        where TFrom : nn.Module
        where TTo : nn.Module
    {
        ArgumentNullException.ThrowIfNull(from);
        Tensor? Owned(string name) => (Tensor?)from.get_parameter(name) ?? from.get_buffer(name);
        var like = Owned("weight") ?? Owned("running_mean");
        var to = make(from, like?.device, like?.dtype);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (name, tensor) in to.state_dict())
            if (Owned(name) is { } value)
                tensor.copy_(value);
        foreach (var (name, parameter) in to.named_parameters())
            parameter.requires_grad_(from.get_parameter(name)?.requires_grad ?? true);
        to.train(from.training);
        return to;
    }
}
