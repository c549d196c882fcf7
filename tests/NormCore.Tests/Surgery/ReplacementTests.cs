using TorchSharp.Modules;
using static TorchSharp.torch;
using TensorModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace NormCore.Tests.Surgery;

public class ReplacementTests
{
    [Fact]
    public void A_layer_is_replaced_wherever_a_model_may_hold_it()
    {
        using var scope = NewDisposeScope();
        using var model = new Everywhere();
        string[] paths = [.. model.named_modules().Where(named => named.Item2 is ReLU).Select(named => named.Item1).Order(StringComparer.Ordinal)];
        // A property, Sequentials in one another, a field, a dictionary and a list.
        Assert.Equal(["<Second>k__BackingField", "chain.0", "chain.1.inner", "first", "named.a", "several.0", "several.1"], paths);
        var x = tensor([-1.0, 2.0]);
        Assert.Equal([0, 2], model.call(x).data<double>());

        List<string> asked = [];
        var result = Replacement.Replace(model, (path, module) =>
        {
            asked.Add(path);
            return module is ReLU ? new Tripled() : null;
        });

        Assert.Same(model, result);
        Assert.Equal("", asked[0]);
        Assert.Superset(paths.ToHashSet(), asked.ToHashSet());
        Assert.Equal([-2187, 4374], model.call(x).data<double>());
        Assert.Equal(7, model.named_modules().Count(named => named.Item2 is Tripled));
        Assert.DoesNotContain(model.named_modules(), named => named.Item2 is ReLU);
    }

    [Fact]
    public void A_shared_layer_is_replaced_once_and_stays_shared()
    {
        var shared = nn.ReLU();
        using var model = nn.Sequential(shared, nn.Sequential(shared), nn.Tanh());
        var asked = 0;
        Replacement.Each(model, (ReLU _) =>
        {
            asked++;
            return new Tripled();
        });
        Assert.Equal(1, asked);
        Assert.IsType<Tripled>(model[0]);
        Assert.Same(model[0], ((Sequential)model[1])[0]);
    }

    [Fact]
    public void The_model_itself_can_be_replaced()
    {
        using var layer = nn.ReLU();
        using var other = Replacement.Replace((TensorModule)layer, (path, _) => path.Length == 0 ? new Tripled() : null);
        Assert.IsType<Tripled>(other);
        Assert.Contains("ReLU", Assert.Throws<InvalidOperationException>(() => Replacement.Replace(layer, (_, _) => new Tripled())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_another_type_is_named_and_nothing_is_changed()
    {
        using var model = nn.Sequential(("loose", nn.ReLU()), ("strict", new Strict()));
        var message = Assert.Throws<InvalidOperationException>(() => Replacement.Each(model, (ReLU _) => new Tripled())).Message;
        Assert.Contains("'strict.activation' is held by activation", message, StringComparison.Ordinal);
        Assert.Contains("a TorchSharp.Modules.ReLU, which cannot hold", message, StringComparison.Ordinal);
        Assert.IsType<ReLU>(model[0]);
    }

    [Fact]
    public void A_replacement_that_fails_is_named_by_its_path_and_nothing_is_changed()
    {
        using var model = nn.Sequential(("a", new BatchNorm(4)), ("b", new BatchNorm(6)));
        var message = Assert.Throws<InvalidOperationException>(() => Replacement.Each(model, (BatchNorm layer) => Conversion.ToGroupNorm(layer, 4))).Message;
        Assert.Contains("'b', a NormCore.BatchNorm,", message, StringComparison.Ordinal);
        Assert.Contains("must divide", message, StringComparison.Ordinal);
        Assert.IsType<BatchNorm>(model[0]);
    }

    [Fact]
    public void A_layer_that_is_held_out_of_sight_is_refused()
    {
        using var model = new OutOfSight();
        var message = Assert.Throws<InvalidOperationException>(() => Replacement.Each(model, (ReLU _) => new Tripled())).Message;
        Assert.Contains("'hidden' is registered by", message, StringComparison.Ordinal);
    }

    private sealed class Tripled() : TensorModule(nameof(Tripled))
    {
        public override Tensor forward(Tensor x) => x * 3;
    }

    private sealed class Everywhere : TensorModule
    {
        private readonly TensorModule first = nn.ReLU();
        private readonly TensorModule[] copies;
        private readonly ModuleList<TensorModule> several = new(nn.ReLU(), nn.ReLU());
        private readonly ModuleDict<TensorModule> named = new();
        private readonly Sequential chain = nn.Sequential(("0", nn.ReLU()), ("1", nn.Sequential(("inner", nn.ReLU()))));

        public Everywhere()
            : base(nameof(Everywhere))
        {
            copies = [first, Second];
            named.Add("a", nn.ReLU());
            RegisterComponents();
        }

        private TensorModule Second { get; } = nn.ReLU();

        public override Tensor forward(Tensor x)
        {
            x = copies[1].call(copies[0].call(x));
            foreach (var layer in several) x = layer.call(x);
            return chain.call(named["a"].call(x));
        }
    }

    private sealed class Strict : TensorModule
    {
        private readonly ReLU activation = nn.ReLU();

        public Strict()
            : base(nameof(Strict)) => RegisterComponents();

        public override Tensor forward(Tensor x) => activation.call(x);
    }

    private sealed class OutOfSight : TensorModule
    {
        private readonly Func<Tensor, Tensor> use;

        public OutOfSight()
            : base(nameof(OutOfSight))
        {
            var hidden = nn.ReLU();
            register_module("hidden", hidden);
            use = hidden.call;
        }

        public override Tensor forward(Tensor x) => use(x);
    }
}
