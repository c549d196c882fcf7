using NormLab.Data;
using NormLab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NormLab.Experiments;

/// <summary>One run of an experiment, before it runs.</summary>
internal sealed record RunSetting(Experiment Experiment, Arm Arm, double Rate, int Seed)
{
    private TrainingOptions Options => Arm.Configure(Experiment.Options) with { LearningRate = Rate, Seed = Seed };

    /// <summary>Runs, or finds what a run like it gave.</summary>
    /// <param name="data">The images.</param>
    /// <param name="alone">Whether no other run goes on, so that torch's global generator is this run's.</param>
    /// <param name="cancellation">Ends the run.</param>
    public ArmRun Run(RunData data, bool alone, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var (train, hash) = data.Train(Seed);
        var observers = Experiment.Observers?.Invoke() ?? [];
        var key = data.Cache is null ? null : Fingerprint.Of(() => Network(train), train, Options, [hash, Arm.Name, .. observers.Select(observer => observer.Name)]);
        if (key is not null && data.Cache!.Find(key) is { } kept)
            return new(Arm.Name, Rate, Seed, kept);

        // Layers draw their first weights from the global generator, whether or not the network replaces them.
        using var network = RandomState.Seeded(Seed, () => Network(train));
        if (alone)
            manual_seed(Seed);
        var run = Trainer.Train(network, train, data.Test, Options, observers: observers, cancellation: cancellation);
        data.Cache?.Keep(key!, run);
        return new(Arm.Name, Rate, Seed, run);
    }

    private nn.Module<Tensor, Tensor> Network(ImageSet train)
    {
        var network = Arm.Network(Seed);
        network.to(train.Images.device);
        return network;
    }
}
