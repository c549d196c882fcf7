namespace NormLab.Training;

/// <summary>Everything that decides a training run with stochastic gradient descent, beside the network and the data.</summary>
public sealed record TrainingOptions
{
    /// <summary>The step size.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>How a gradient becomes a step.</summary>
    public UpdateRule Rule { get; init; } = UpdateRule.GradientDescent;

    /// <summary>f, which multiplies the step size after each step: step t has LearningRate·fᵗ.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>The number of passes over the training images.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>N of each batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>How many classes a batch holds, in equal parts; null for images drawn at random.</summary>
    public int? ClassesPerBatch { get; init; }

    /// <summary>The seed of the batch order. Arms with the same seed see the same batches.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The weight of the OLD velocity, 0 to 1, as in every optimizer: v ← momentum·v + g. Batch norm means the opposite by this word.</summary>
    public double Momentum { get; init; }

    /// <summary>The factor of w that is added to its gradient, on all parameters, gamma and beta included, unless <see cref="Decayed"/> says which.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Which parameters are decayed: those in whose name this regular expression is found, such as <c>conv|linear.weight</c>. Empty, it is found in all.</summary>
    public string Decayed { get; init; } = "";

    /// <summary>The most steps, or null for all of the epochs.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>What the steps lower.</summary>
    public Objective Objective { get; init; } = Objective.CrossEntropy;

    /// <summary>Whether the test images are tried after each epoch; otherwise only at the end, which short epochs need to stay fast.</summary>
    public bool TestsEachEpoch { get; init; } = true;

    /// <summary>Whether the training images are tried at the end, in evaluation mode.</summary>
    public bool TestsOnTraining { get; init; }
}
