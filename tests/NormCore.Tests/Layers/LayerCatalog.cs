using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>One row for each layer of the library and each way it computes, so that a property can be asked of all of them.</summary>
/// <param name="Create">The layer for inputs (N, C, H, W) of a shape and type; N and C are even.</param>
/// <param name="Shared">The elements whose results or gradients depend on x[0, 1, 0, 0], C being at least 4.</param>
internal sealed record LayerRow(Func<long[], ScalarType, nn.Module<Tensor, Tensor>> Create, params TensorIndex[] Shared)
{
    private static readonly TensorIndex All = TensorIndex.Colon;

    public static IReadOnlyDictionary<string, LayerRow> Rows { get; } = new Dictionary<string, LayerRow>
    {
        ["BatchNorm"] = new((shape, type) => new BatchNorm(shape[1], dtype: type), All, 1) { Centers = true },
        ["BatchNorm, evaluation"] = new((shape, type) => InEvaluation(new BatchNorm(shape[1], dtype: type)), 0, 1, 0, 0),
        ["LayerNorm"] = new((shape, type) => new LayerNorm(shape[1..], dtype: type), 0) { Centers = true, FixedSpace = true },
        ["GroupNorm"] = new((shape, type) => new GroupNorm(shape[1] / 2, shape[1], dtype: type), 0, Few(2)) { Centers = true },
        ["InstanceNorm"] = new((shape, type) => new InstanceNorm(shape[1], affine: true, dtype: type), 0, 1) { Centers = true },
        ["InstanceNorm, tracking"] = new((shape, type) => new InstanceNorm(shape[1], affine: true, trackRunningStatistics: true, dtype: type), 0, 1) { Centers = true },
        ["InstanceNorm, evaluation"] = new((shape, type) => InEvaluation(new InstanceNorm(shape[1], affine: true, trackRunningStatistics: true, dtype: type)), 0, 1, 0, 0),
        ["AdaptiveInstanceNorm"] = new((shape, type) => Styled(shape, type), 0, 1),
        ["RmsNorm"] = new((shape, type) => new RmsNorm(shape[1..], 1e-5, dtype: type), 0) { FixedSpace = true },
        ["GhostBatchNorm"] = new((shape, type) => new GhostBatchNorm(shape[1], 2, dtype: type), Few(2), 1) { Centers = true },
        ["SyncBatchNorm"] = new((shape, type) => new SyncBatchNorm(shape[1], ReplicaGroup.Alone(), dtype: type), All, 1) { Centers = true },
        ["FrozenBatchNorm"] = new((shape, type) => new FrozenBatchNorm(shape[1], dtype: type), 0, 1, 0, 0),
        ["SampleInclusiveBatchNorm"] = new((shape, type) => new SampleInclusiveBatchNorm(shape[1], 8, dtype: type), 0, 1, 0, 0),
        // r and d are constants of the gradient; differences agree with that only where both are clipped and do not move.
        ["BatchRenorm"] = new((shape, type) => new BatchRenorm(shape[1], 1.001, 0.001, momentum: 0, dtype: type), All, 1),
        ["LpBatchNorm, p = 1"] = new((shape, type) => new LpBatchNorm(shape[1], 1, dtype: type), All, 1) { Centers = true },
        ["LpBatchNorm, p = 2"] = new((shape, type) => new LpBatchNorm(shape[1], 2, dtype: type), All, 1) { Centers = true },
        ["LpBatchNorm, p = ∞"] = new((shape, type) => new LpBatchNorm(shape[1], double.PositiveInfinity, dtype: type), All, 1) { Centers = true },
        // y of channel 1 reaches from 0 to 2, and each of their gradients one channel further.
        ["LocalResponseNorm"] = new((shape, type) => new LocalResponseNorm(3, alpha: 3), 0, Few(4), 0, 0),
        ["DynamicTanh"] = new((shape, type) => new DynamicTanh(shape[1..], dtype: type), 0, 1, 0, 0) { FixedSpace = true },
        ["NormalizeRms"] = new((shape, type) => new FunctionLayer(x => Normalization.NormalizeRms(x, [0, 2, 3], 1e-5)), All, 1),
        ["RootMeanSquare"] = new((shape, type) => new FunctionLayer(x => Normalization.RootMeanSquare(x, [1, -1], 1e-5).expand(x.shape).to(x.dtype)), 0, All, 0),
        ["VectorNormalization"] = new((shape, type) => new FunctionLayer(x => VectorNormalization.Normalize(x)), 0, All, 0, 0),
        ["DropBlock"] = new((shape, type) => Reseeded(), 0, 1, 0, 0) { FixedSpace = true },
        ["WeightNorm"] = new((shape, type) => new WeightNorm(Linear(shape, type)), 0, 1, 0) { OfWeights = true },
        ["WeightStandardization"] = new((shape, type) => new WeightStandardization(Linear(shape, type)), 0, 1, 0) { OfWeights = true },
        ["ScaledWeightStandardization"] = new((shape, type) => new ScaledWeightStandardization(Linear(shape, type)), 0, 1, 0) { OfWeights = true },
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    /// <summary>Whether a mean is subtracted, so that an input of one constant gives β.</summary>
    public bool Centers { get; private init; }

    /// <summary>Whether it is a weight that is normalized; the input only passes through a matrix product.</summary>
    public bool OfWeights { get; private init; }

    /// <summary>Whether parameters have the lengths of (H, W) or blocks must fit into them, so that they cannot be 0.</summary>
    public bool FixedSpace { get => field || OfWeights; private init; }

    /// <summary>The layer with random parameters and statistics.</summary>
    public nn.Module<Tensor, Tensor> Random(RandomLayers random, long[] shape, ScalarType type = ScalarType.Float64) =>
        random.Randomized(Create(shape, type));

    /// <summary>Every row with every variant.</summary>
    public static TheoryData<string, T> With<T>(IEnumerable<T> variants, Func<LayerRow, T, bool>? makesSense = null)
    {
        var pairs = new TheoryData<string, T>();
        foreach (var (name, row) in Rows)
            foreach (var variant in variants.Where(variant => makesSense?.Invoke(row, variant) ?? true))
                pairs.Add(name, variant);
        return pairs;
    }

    private static TensorIndex Few(int count) => TensorIndex.Slice(0, count);

    private static T InEvaluation<T>(T layer) where T : nn.Module
    {
        layer.eval();
        return layer;
    }

    private static nn.Module<Tensor, Tensor> Linear(long[] shape, ScalarType type) => nn.Linear(shape[^1], shape[^1], dtype: type);

    private static FunctionLayer Styled(long[] shape, ScalarType type)
    {
        var (layer, style) = (new AdaptiveInstanceNorm(), nn.Parameter(zeros(shape[0], shape[1], 2, 3, type)));
        return new FunctionLayer(x => layer.call(x, style), ("style", style));
    }

    private static FunctionLayer Reseeded()
    {
        var generator = new Generator();
        var layer = new DropBlock(0.3, 1, generator);
        return new FunctionLayer(x =>
        {
            generator.manual_seed(7); // The same blocks each time, so that it is a function.
            return layer.call(x);
        });
    }
}

/// <summary>A function of x, and of parameters, that a catalog of layers takes for a layer.</summary>
internal sealed class FunctionLayer : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> function;

    public FunctionLayer(Func<Tensor, Tensor> function, params (string Name, TorchSharp.Modules.Parameter Value)[] parameters) : base(nameof(FunctionLayer))
    {
        this.function = function;
        foreach (var (name, value) in parameters) register_parameter(name, value);
    }

    public override Tensor forward(Tensor x) => function(x);
}
