using static TorchSharp.torch;

namespace NormCore;

/// <summary>The batch norms of a model, put into training mode with an eye on what goes in; everything is as before once this is disposed.</summary>
internal sealed class MeasuredLayers : IDisposable
{
    private readonly List<Layer> layers = [];
    private readonly List<(Tensor Buffer, Tensor Before)> buffers = [];

    /// <summary>Begins to watch.</summary>
    public MeasuredLayers(nn.Module model, Func<IEstimator> estimator)
    {
        using var noGradient = no_grad();
        foreach (var buffer in model.named_buffers().Select(named => named.buffer))
            buffers.Add((buffer, buffer.clone().DetachFromDisposeScope()));
        foreach (var (path, module) in ModuleTree.Walk(model).DistinctBy(place => place.Module, ReferenceEqualityComparer.Instance))
            if (module is BatchNorm or GhostBatchNorm or TorchSharp.Modules.BatchNorm && module.get_buffer("running_mean") is not null)
                layers.Add(new Layer(path, (nn.Module<Tensor, Tensor>)module, estimator()));
    }

    /// <summary>Gives the layers their new statistics; the paths of those that saw any input.</summary>
    public IReadOnlyList<string> Take()
    {
        using var noGradient = no_grad();
        Restore();
        return [.. layers.Where(layer => layer.Take()).Select(layer => layer.Path)];
    }

    public void Dispose()
    {
        // What Take wrote is no longer among the buffers to restore.
        Restore();
        foreach (var layer in layers) layer.Dispose();
    }

    private void Restore()
    {
        using var noGradient = no_grad();
        foreach (var (buffer, before) in buffers)
        {
            buffer.copy_(before);
            before.Dispose();
        }
        buffers.Clear();
    }

    private sealed class Layer : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> module;
        private readonly IEstimator estimator;
        private readonly bool training;
        private readonly Action unhook;

        public Layer(string path, nn.Module<Tensor, Tensor> module, IEstimator estimator)
        {
            (Path, this.module, this.estimator, training) = (path, module, estimator, module.training);
            var chunk = module is GhostBatchNorm ghost ? ghost.VirtualBatchSize : long.MaxValue;
            unhook = module.register_forward_pre_hook((_, x) =>
            {
                if (x.dim() > 1) estimator.Add(x, chunk); // The layer itself refuses what has no channels.
                return x;
            }).remove;
            module.train();
        }

        public string Path { get; }

        public bool Take()
        {
            if (estimator.Result is not { } result) return false;
            module.get_buffer("running_mean")!.copy_(result.Mean);
            module.get_buffer("running_var")!.copy_(result.Variance);
            return true;
        }

        public void Dispose()
        {
            unhook();
            module.train(training);
            estimator.Dispose();
        }
    }
}
