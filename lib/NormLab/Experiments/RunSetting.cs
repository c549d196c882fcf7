using NormLab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Experiments;

/// <summary>One run of an experiment, before it runs.</summary>
internal sealed record RunSetting(Experiment Experiment, Arm Arm, double Rate, int Seed)
{
    private TrainingOptions Options => Arm.Configure(Experiment.Options) with { LearningRate = Rate, Seed = Seed };

    public ArmRun Run(RunData data, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var (train, hash) = data.Train(Seed);
        var observers = Experiment.Observers?.Invoke() ?? [];

        // Layers draw their first weights from the global generator, whether or not the network replaces them.
        using var network = RandomState.Seeded(Seed, () => Arm.Network(Seed));
        network.to(train.Images.device);
        var key = data.Cache is null ? null : Fingerprint.Of(network, train, Options, [hash, Arm.Name, .. observers.Select(observer => observer.Name)]);
        if (key is not null && data.Cache!.Find(key) is { } kept)
            return new(Arm.Name, Rate, Seed, kept);

        if (!Experiment.IsParallel)
            manual_seed(Seed);
        var run = Trainer.Train(network, train, data.Test, Options, observers: observers, cancellation: cancellation);
        data.Cache?.Keep(key!, run);
        return new(Arm.Name, Rate, Seed, run);
    }
}
