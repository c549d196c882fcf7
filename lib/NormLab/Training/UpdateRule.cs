using System.Text.RegularExpressions;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>How a gradient becomes a step.</summary>
public enum UpdateRule
{
    /// <summary>w ← w − η v with v ← momentum·v + g.</summary>
    GradientDescent,

    /// <summary>w ← w − η m/(√v + 10⁻⁸) with running averages m of g and v of g², as language models are trained: Kingma and Ba 2015, arXiv:1412.6980v9, algorithm 1.</summary>
    Adam,
}

internal static class UpdateRules
{
    public static optim.Optimizer Of(this UpdateRule rule, nn.Module network, TrainingOptions options) => rule switch
    {
        UpdateRule.GradientDescent => optim.SGD(
            Groups(network, options).Select(group => new SGD.ParamGroup(group.Parameters, options.LearningRate, options.Momentum, weight_decay: group.Decay)), options.LearningRate),
        UpdateRule.Adam => optim.Adam(
            Groups(network, options).Select(group => new Adam.ParamGroup(group.Parameters, options.LearningRate, weight_decay: group.Decay)), options.LearningRate),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such rule."),
    };

    private static IEnumerable<(IEnumerable<Parameter> Parameters, double Decay)> Groups(nn.Module network, TrainingOptions options) =>
        from pair in network.named_parameters()
        group pair.parameter by Regex.IsMatch(pair.name, options.Decayed) into alike
        select (alike.AsEnumerable(), alike.Key ? options.WeightDecay : 0);
}
