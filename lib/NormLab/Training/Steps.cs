using NormLab.Data;
using NormLab.Rendering;
using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>The steps of one training run.</summary>
internal sealed class Steps(nn.Module<Tensor, Tensor> network, TrainingOptions options, IReadOnlyList<StepObserver> observers) : IDisposable
{
    private readonly optim.Optimizer optimizer = options.Rule.Of(network, options);

    public LossLog Log { get; } = new();

    public Recorder Recorder { get; } = new();

    public bool Finished => Log.Diverged || Log.Steps >= (options.MaxSteps ?? int.MaxValue);

    public void Take(ImageSet batch)
    {
        Interruption.Check();
        using var scope = NewDisposeScope();
        var number = Log.Steps;
        var watching = observers.Where(observer => observer.At(number)).ToList();
        optimizer.zero_grad();
        var loss = options.Objective.Of(network.call(batch.Images), batch.Labels);
        Log.Add(loss);
        loss.backward();
        if (watching.Count == 0)
        {
            Update();
            return;
        }

        // Observers are spared numbers that are none.
        Log.Read();
        if (Log.Diverged)
            return;
        var step = new TrainingStep(number, network, batch, options, Recorder) { BatchLoss = Log.Last };
        watching.ForEach(observer => Show(step, observer.BeforeUpdate));
        Update();
        watching.ForEach(observer => Show(step, observer.AfterUpdate));
    }

    public void Dispose()
    {
        optimizer.Dispose();
        Log.Dispose();
    }

    private void Update()
    {
        optimizer.step();
        if (options.RateFactor != 1)
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate *= options.RateFactor;
    }

    private static void Show(TrainingStep step, Action<TrainingStep>? observe)
    {
        if (observe is null)
            return;
        using var scope = NewDisposeScope();
        using var kept = KeptState.Of(step.Network);
        observe(step);
    }
}
