using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Folds a batch norm in evaluation mode into the linear or convolution layer before it.</summary>
/// <remarks>
/// Per output channel, with a = γ/√(σ_r² + ε): W' = a W and b' = a (b − μ_r) + β. The running statistics are used, whatever mode the
/// batch norm is in. A batch norm AFTER a layer only. Before a convolution it would add to the bias, per output channel, the sum of
/// W (β − a μ_r) over all weights; but where the window reaches into the zero padding, which lies behind the batch norm, those weights
/// meet 0 and not β − a μ_r, so at the border no one bias is right. Without padding that order would fold too.
/// </remarks>
public static class Folding
{
    /// <summary>A new linear layer that computes batchNorm(linear(x)) for x of (N, in); longer x has its channels on another axis.</summary>
    /// <inheritdoc cref="Fold{TConvolution}(TConvolution, BatchNorm)" path="/exception"/>
    public static Linear Fold(Linear linear, BatchNorm batchNorm)
    {
        ArgumentNullException.ThrowIfNull(linear);
        using var scope = NewDisposeScope();
        var (weight, bias) = Folded(linear.weight!, linear.bias, linear.out_features, scale => scale.unsqueeze(1), batchNorm);
        return nn.Linear(LayerParameters.Learned(weight), LayerParameters.Learned(bias));
    }

    /// <summary>A new convolution, plain or transposed, in one to three dimensions, that computes batchNorm(conv(x)) for x of (N, C, *).</summary>
    /// <exception cref="ArgumentException">The layer's output channels are not the batch norm's.</exception>
    /// <exception cref="InvalidOperationException">The batch norm tracks no running statistics.</exception>
    public static TConvolution Fold<TConvolution>(TConvolution conv, BatchNorm batchNorm)
        where TConvolution : Convolution
    {
        ArgumentNullException.ThrowIfNull(conv);
        using var scope = NewDisposeScope();
        var (weight, bias) = Folded(conv.weight!, conv.bias, conv.out_channels, scale => PerOutput(scale, conv), batchNorm);
        var folded = (TConvolution)SameConvolution.As(conv);
        folded.weight = LayerParameters.Learned(weight);
        folded.bias = LayerParameters.Learned(bias);
        return folded;
    }

    /// <summary>Folds, in place, each batch norm that follows a linear or convolution layer in a Sequential; an Identity keeps its number there.</summary>
    /// <remarks>
    /// Only in a Sequential does one layer surely get what the one before it gives, so other modules are left, as are layers that are used
    /// twice and batch norms that track no statistics. Call <see cref="Conversion.ToNormCore"/> first to fold TorchSharp's batch norms too.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Such a batch norm is in training mode, where its output depends on the batch. Nothing is changed.</exception>
    /// <inheritdoc cref="Fold{TConvolution}(TConvolution, BatchNorm)" path="/exception"/>
    public static TModel FoldAll<TModel>(TModel model)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(model);
        var replacements = new Dictionary<nn.Module, nn.Module>(ReferenceEqualityComparer.Instance);
        foreach (var (path, before, batchNorm) in Pairs(model))
        {
            if (batchNorm.training)
                throw new InvalidOperationException($"'{path}' is in training mode, where its output depends on the batch, so no fixed weights can replace it. Call model.eval() first.");
            replacements[before] = before is Linear linear ? Fold(linear, batchNorm) : Fold((Convolution)before, batchNorm);
            replacements[batchNorm] = nn.Identity();
            replacements[before].train(before.training);
            replacements[batchNorm].eval();
        }
        return Replacement.Replace(model, (_, module) => replacements.GetValueOrDefault(module));
    }

    private static IEnumerable<(string Path, nn.Module Before, BatchNorm BatchNorm)> Pairs(nn.Module model)
    {
        var once = ModuleTree.Walk(model).GroupBy(place => place.Module, ReferenceEqualityComparer.Instance)
            .Where(places => places.Count() == 1).Select(places => (nn.Module)places.Key!).ToHashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        return from place in ModuleTree.Walk(model)
               where place.Module.GetType() == typeof(Sequential) // A derived one may do anything with its layers.
               let layers = place.Module.named_children().ToArray()
               from pair in layers.Zip(layers.Skip(1))
               let batchNorm = pair.Second.module as BatchNorm
               where batchNorm?.RunningMean is not null && pair.First.module is Linear or Convolution
               where once.Contains(batchNorm) && once.Contains(pair.First.module)
               select (ModuleTree.Join(place.Path, pair.Second.name), pair.First.module, batchNorm);
    }

    private static (Tensor Weight, Tensor Bias) Folded(Tensor weight, Tensor? bias, long outputs, Func<Tensor, Tensor> perOutput, BatchNorm batchNorm)
    {
        ArgumentNullException.ThrowIfNull(batchNorm);
        if (batchNorm.RunningMean is null || batchNorm.RunningVariance is null)
            throw new InvalidOperationException("The batch norm tracks no running statistics: its output depends on the batch, so no fixed weights can replace it.");
        if (outputs != batchNorm.NumFeatures)
            throw new ArgumentException(
                $"The layer has {outputs} output channels (weight {TensorCheck.Text(weight.shape)}) and the batch norm {batchNorm.NumFeatures}; they must be equal.", nameof(batchNorm));

        TensorCheck.IsFloating(weight, nameof(weight));
        foreach (var (tensor, name) in batchNorm.state_dict().Select(entry => (entry.Value, entry.Key)).Append((bias ?? weight, nameof(bias))))
            TensorCheck.IsBeside(weight, tensor, name);

        using var noGradient = no_grad();
        var scale = (batchNorm.RunningVariance + batchNorm.Eps).rsqrt();
        if (batchNorm.Weight is not null) scale = scale * batchNorm.Weight;
        var shift = bias is null ? -batchNorm.RunningMean : bias - batchNorm.RunningMean;
        var foldedBias = scale * shift;
        if (batchNorm.Bias is not null) foldedBias = foldedBias + batchNorm.Bias;
        return ((weight * perOutput(scale)).to(weight.dtype), foldedBias.to(weight.dtype));
    }

    // (C) → (C, 1, …), to the shape of the weight. A transposed convolution has its outputs on axis 1, for the inputs of each group its own.
    private static Tensor PerOutput(Tensor scale, Convolution conv)
    {
        long[] ones = [.. conv.kernel_size.Select(_ => 1L)];
        if (!conv.transposed) return scale.view([-1, 1, .. ones]);
        var (inputs, outputs) = (conv.in_channels / conv.groups, conv.out_channels / conv.groups);
        return scale.view(conv.groups, 1, outputs).expand(conv.groups, inputs, outputs).reshape([conv.in_channels, outputs, .. ones]);
    }
}
