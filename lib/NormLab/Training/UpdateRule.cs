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
        UpdateRule.GradientDescent => optim.SGD(network.parameters(), options.LearningRate, options.Momentum, weight_decay: options.WeightDecay),
        UpdateRule.Adam => optim.Adam(network.parameters(), options.LearningRate, weight_decay: options.WeightDecay),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such rule."),
    };
}
