using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>The design of an experiment, before anything runs.</summary>
/// <param name="Arms">What is compared.</param>
/// <param name="Statistic">The number that decides, made of the training loss and the test loss of a run.</param>
public sealed record Study(StudyArm[] Arms, Func<double, double, double> Statistic);

/// <summary>One arm of a <see cref="Study"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layer">Makes the layer that stands where batch norm would, from the number of channels; it gets (N, C).</param>
/// <param name="BatchSize">N, the number of samples of one training step.</param>
/// <param name="Seeds">The seeds of start and data order, one run each.</param>
/// <param name="Rates">The learning rates tried; the best one counts.</param>
public sealed record StudyArm(string Name, Func<int, nn.Module<Tensor, Tensor>> Layer, int BatchSize, int[] Seeds, double[] Rates);
