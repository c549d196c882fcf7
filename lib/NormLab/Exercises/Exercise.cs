using System.Collections.Immutable;
using NormCore;
using NormLab.Rendering;
using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>The exercises, each with <c>Check</c> and three hints: <c>Exercise.NormalizeABatch.Check(Normalize)</c>.</summary>
public static class Exercise
{
    /// <summary>x of (N, C) and ε to x̂ of (N, C).</summary>
    public static Exercise<Func<Tensor, double, Tensor>> NormalizeABatch => Exercises.NormalizeABatch.Sheet;

    /// <summary>x of (N, C, H, W), γ and β of (C) and ε to y of batch norm in training.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, double, Tensor>> BatchNormOfImages => Exercises.BatchNormOfImages.Sheet;

    /// <summary>x of (N, T, D), γ and β of (D) and ε to y of layer norm.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, double, Tensor>> LayerNormOfTokens => Exercises.LayerNormOfTokens.Sheet;

    /// <summary>x of (N, C, H, W), the number of groups and ε to x̂ of group norm.</summary>
    public static Exercise<Func<Tensor, int, double, Tensor>> GroupNormOfImages => Exercises.GroupNormOfImages.Sheet;

    /// <summary>x of (N, D), γ of (D) and ε to y of RMSNorm.</summary>
    public static Exercise<Func<Tensor, Tensor, double, Tensor>> RmsNorm => RmsNormOfTokens.Sheet;

    /// <summary>x of (N, C), the size of a ghost and ε to x̂ of ghost batch norm.</summary>
    public static Exercise<Func<Tensor, int, double, Tensor>> GhostBatch => Exercises.GhostBatch.Sheet;

    /// <summary>x of (N, T, C), a mask of (N, T) and ε to x̂ over the values that are there.</summary>
    public static Exercise<Func<Tensor, Tensor, double, Tensor>> PaddedSequences => Exercises.PaddedSequences.Sheet;

    /// <summary>Running mean and variance of (C), x of (N, C) and momentum to the new running mean and variance.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, double, (Tensor Mean, Tensor Variance)>> UpdateRunningStatistics => Exercises.UpdateRunningStatistics.Sheet;

    /// <summary>x of (N, C), running mean and variance of (C), the mode and ε to x̂.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, bool, double, Tensor>> TwoModes => Exercises.TwoModes.Sheet;

    /// <summary>The moments of two sets of samples to those of all together.</summary>
    public static Exercise<Func<Moments, Moments, Moments>> MergeTwoWorkers => Exercises.MergeTwoWorkers.Sheet;

    /// <summary>dy and x of (N, C), γ of (C) and ε to dx, dγ and dβ of batch norm.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, double, (Tensor Dx, Tensor Dgamma, Tensor Dbeta)>> BatchNormBackward => Exercises.BatchNormBackward.Sheet;

    /// <summary>dy and x of (N, D), γ of (D) and ε to dx and dγ of layer norm.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, double, (Tensor Dx, Tensor Dgamma)>> LayerNormBackward => Exercises.LayerNormBackward.Sheet;

    /// <summary>A convolution's weight and bias and a batch norm's state to the weight and bias of one convolution.</summary>
    public static Exercise<FoldAnswer> FoldIntoConvolution => Exercises.FoldIntoConvolution.Sheet;

    /// <summary>A network to the names of the parameters that decay.</summary>
    public static Exercise<Func<nn.Module<Tensor, Tensor>, IEnumerable<string>>> DecayFreeGroups => Exercises.DecayFreeGroups.Sheet;

    /// <summary>A network, batches, epochs and a learning rate to the validation losses.</summary>
    public static Exercise<TrainAnswer> FixTheTrainingLoop => Exercises.FixTheTrainingLoop.Sheet;

    /// <summary>A network and test batches to the accuracy.</summary>
    public static Exercise<Func<nn.Module<Tensor, Tensor>, (Tensor X, Tensor Labels)[], double>> EvaluateWithoutLeaking => Exercises.EvaluateWithoutLeaking.Sheet;

    /// <summary>Nothing to the design of an experiment.</summary>
    public static Exercise<Func<Study>> SeparateNoiseFromSmoothing => Exercises.SeparateNoiseFromSmoothing.Sheet;

    /// <summary>All exercises, in the order of the notebook.</summary>
    public static ImmutableArray<ExerciseSheet> All =>
    [
        NormalizeABatch, BatchNormOfImages, UpdateRunningStatistics, TwoModes, BatchNormBackward, MergeTwoWorkers, FoldIntoConvolution,
        LayerNormOfTokens, GroupNormOfImages, RmsNorm, LayerNormBackward, GhostBatch, PaddedSequences,
        FixTheTrainingLoop, EvaluateWithoutLeaking, DecayFreeGroups, SeparateNoiseFromSmoothing,
    ];

    /// <summary>All exercises as a table: title, difficulty, what it trains, how many mistakes it knows.</summary>
    public static Table Overview() => Table.Of(All,
        ("exercise", sheet => sheet.Title), ("difficulty", sheet => sheet.Dots), ("trains", sheet => sheet.Trains), ("mistakes it knows by name", sheet => sheet.Diagnoses.Length));

    /// <summary>Stands for an answer that is not there yet; the check then says so.</summary>
    /// <typeparam name="T">What the answer returns.</typeparam>
    public static T Todo<T>() => throw new NotAnsweredException();
}
