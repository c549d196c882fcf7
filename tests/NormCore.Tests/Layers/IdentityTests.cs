using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>Layers that are the same function on some inputs, over random shapes, with random γ, β and dy, forward and backward.</summary>
public class IdentityTests
{
    private const int Shapes = 50;

    public static TheoryData<string> Names => [.. Identities.Keys];

    private delegate (Run One, Run Other) Identity(RandomLayers random, long[] shape);

    private static Dictionary<string, Identity> Identities { get; } = new()
    {
        ["group norm of one group is layer norm over channels and space"] = (random, shape) =>
        {
            var group = random.Randomized(new GroupNorm(1, shape[1], dtype: ScalarType.Float64));
            var layer = new LayerNorm(shape[1..], dtype: ScalarType.Float64);
            // Layer norm's γ and β per element, constant over space: their gradients add up over space to those per channel.
            long[] perChannel = [shape[1], .. Enumerable.Repeat(1L, shape.Length - 2)];
            Set(layer.Weight!, group.Weight!.view(perChannel).expand(shape[1..]));
            Set(layer.Bias!, group.Bias!.view(perChannel).expand(shape[1..]));
            return (new(group.call, group.Weight!, group.Bias!), new(layer.call, layer.Weight!, layer.Bias!) { PerChannel = true });
        },
        ["group norm of one channel per group is instance norm"] = (random, shape) =>
        {
            var group = random.Randomized(new GroupNorm(shape[1], shape[1], dtype: ScalarType.Float64));
            return (Of(group), Of(Same(new InstanceNorm(shape[1], affine: true, dtype: ScalarType.Float64), group)));
        },
        ["ghost batch norm of one chunk is batch norm"] = (random, shape) =>
        {
            var batch = random.BatchNorm(shape[1]);
            return (Of(batch), Of(Same(new GhostBatchNorm(shape[1], shape[0], dtype: ScalarType.Float64), batch)));
        },
        ["frozen batch norm is batch norm in evaluation"] = (random, shape) =>
        {
            var batch = random.BatchNorm(shape[1]);
            batch.eval();
            return (new(batch.call), new(FrozenBatchNorm.Of(batch).call));
        },
        ["batch norm of one sample is instance norm"] = (random, shape) =>
        {
            var batch = random.BatchNorm(shape[1]);
            var instance = Same(new InstanceNorm(shape[1], affine: true, dtype: ScalarType.Float64), batch);
            return (Of(instance), new(x => cat(x.split(1).Select(batch.call).ToArray()), batch.Weight!, batch.Bias!));
        },
        ["RMS norm of deviations is layer norm"] = (random, shape) =>
        {
            var rms = random.Randomized(new RmsNorm(shape[^1], 1e-5, dtype: ScalarType.Float64));
            var layer = Same(new LayerNorm(shape[^1], bias: false, dtype: ScalarType.Float64), rms);
            return (new(x => rms.call(x - x.mean([-1], keepdim: true)), rms.Weight!), new(layer.call, layer.Weight!));
        },
        ["token norm is layer norm over channels moved to the end"] = (random, shape) =>
        {
            var layer = random.LayerNorm(shape[1]);
            Tensor Token(Tensor x) => Normalization.Affine(Normalization.Normalize(x, [1]), layer.Weight, layer.Bias, 1);
            return (new(x => layer.call(x.transpose(1, -1)).transpose(1, -1), layer.Weight!, layer.Bias!), new(Token, layer.Weight!, layer.Bias!));
        },
    };

    // Both sides are backward stable in float64. A set of m ≤ 900 elements costs k = 10 + 2 log₂ 900 = 30 roundings of u = 2.2e-16,
    // the terms of y are at most ten times the largest |y|, and those of dx as often larger than dx as σ is smaller than 1: for the
    // few elements of the smallest sets rarely a hundred times. 30 u times 10 times 100 is 7e-12.
    private const double Close = 7e-12;

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_layers_are_the_same_function(string name)
    {
        var lengths = new Random(51);
        using var random = new RandomLayers(52);
        for (var i = 0; i < Shapes; i++)
        {
            using var scope = NewDisposeScope();
            // Two elements are ±1 whatever they are, so a set needs three; where space alone makes one, an axis is added for it.
            long[] shape = [.. Enumerable.Range(0, lengths.Next(2, 6)).Select(axis => (long)(axis < 2 ? lengths.Next(3, 7) : lengths.Next(1, 6)))];
            if (name.Contains("instance", StringComparison.Ordinal) || name.Contains("RMS", StringComparison.Ordinal)) shape = [.. shape, 4];
            var (one, other) = Identities[name](random, shape);
            var (x, dy) = (random.Normal(shape) * 2 + 1, random.Normal(shape));
            var difference = Gradients.Difference(one.Gradients(x, dy), other.Gradients(x, dy), Close);
            Assert.True(difference is null, $"[{string.Join(", ", shape)}]: {difference}");
        }
    }

    private static Run Of(nn.Module<Tensor, Tensor> layer) => new(layer.call, [.. layer.parameters()]);

    private static T Same<T>(T layer, nn.Module like) where T : nn.Module
    {
        foreach (var (name, parameter) in layer.named_parameters()) Set(parameter, like.get_parameter(name)!);
        return layer;
    }

    private static void Set(Tensor parameter, Tensor values)
    {
        using var noGradient = no_grad();
        parameter.copy_(values);
    }

    /// <summary>A function of x and of parameters.</summary>
    private sealed record Run(Func<Tensor, Tensor> Function, params Tensor[] Parameters)
    {
        /// <summary>Whether gradients of parameters are to be added up over space.</summary>
        public bool PerChannel { get; init; }

        public Tensor[] Gradients(Tensor values, Tensor dy)
        {
            var x = values.detach().requires_grad_();
            var y = Function(x);
            var gradients = autograd.grad([y], [x, .. Parameters], [dy]);
            return [y.detach(), gradients[0], .. gradients.Skip(1).Select(g => PerChannel && g.dim() > 1 ? g.flatten(1).sum([1L]) : g)];
        }
    }
}
