using NormLab.Training;

namespace NormLab.Experiments;

/// <summary>One run of an experiment.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="LearningRate">The step size.</param>
/// <param name="Seed">The seed of weights, images and batch order.</param>
/// <param name="Training">What was measured.</param>
public sealed record ArmRun(string Arm, double LearningRate, int Seed, TrainingRun Training);
