using NormCore;
using static NormLab.Exercises.DecayMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, System.Collections.Generic.IEnumerable<string>>;

namespace NormLab.Exercises;

internal static class DecayFreeGroups
{
    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Parameter groups without decay",
        Statement = "From a network return the names (as in `named_parameters()`) of the parameters that weight decay is for: the weights of linear layers and convolutions; not their biases, and neither γ nor β of any norm.",
        Difficulty = 2,
        Trains = "what weight decay does to a network with norms",
        Hints =
        [
            "The names do not tell: γ of a norm is called `weight`, as the weights of a linear layer are.",
            "How many axes has a weight, a bias, γ, β?",
            "`network.named_parameters().Where(p => p.parameter.dim() > 1).Select(p => p.name)`",
        ],
        Observe = (answer, trial) =>
        {
            using var network = Network();
            string[] names = [.. network.named_parameters().Select(parameter => parameter.name)];
            string[] decayed = [.. Trial.There("What the function returned", answer(network))];
            trial.Fact("every name is a parameter of the network", decayed.All(names.Contains));
            trial.Take("whether a parameter decays (1) or not (0)", [.. names.Select(name => (double)decayed.Count(name.Equals))], names);
        },
        Solution = network => Names(network, (_, tensor) => tensor.dim() > 1),
        Suspects =
        [
            new(DecayEverything, network => Names(network, (_, _) => true)),
            new(DecayNothing, network => Names(network, (_, _) => false)),
            new(DecayGamma, network => Names(network, (name, _) => IsWeight(name))),
            new(DecayBiases, network => Names(network, (name, _) => !OfNorm(network, name))),
            new([DecayBiases, DecayOtherNorms], network => Names(network, (name, _) => !OfNorm<BatchNorm>(network, name))),
            new(DecayOtherNorms, network => Names(network, (name, _) => IsWeight(name) && !OfNorm<BatchNorm>(network, name))),
            new(DecayExchanged, network => Names(network, (_, tensor) => tensor.dim() == 1)),
            new(InvariantExempt, network => Names(network, (name, tensor) => tensor.dim() > 1 && name == "5.weight")),
        ],
    };

    // Numbers for names, as in a Sequential: what a layer is must be seen from what it is.
    private static nn.Module<Tensor, Tensor> Network() => Training.RandomState.Seeded(1, () => nn.Sequential(
        ("0", nn.Conv2d(3, 4, 3)), ("1", new BatchNorm(4)), ("2", nn.Flatten()), ("3", nn.Linear(16, 5)), ("4", new LayerNorm(5)), ("5", nn.Linear(5, 2))));

    private static string[] Names(nn.Module network, Func<string, Tensor, bool> decays) =>
        [.. network.named_parameters().Where(parameter => decays(parameter.name, parameter.parameter)).Select(parameter => parameter.name)];

    private static bool IsWeight(string name) => name.EndsWith("weight", StringComparison.Ordinal);

    private static bool OfNorm(nn.Module network, string name) => OfNorm<BatchNorm>(network, name) || OfNorm<LayerNorm>(network, name);

    private static bool OfNorm<TNorm>(nn.Module network, string name) =>
        network.named_children().Any(child => child.module is TNorm && name.StartsWith($"{child.name}.", StringComparison.Ordinal));
}
