namespace NormLab.Exercises;

/// <summary>Wrong about modes and data in the loops around a network.</summary>
internal static class LoopMisconceptions
{
    private const string Eval = "Trap 1: forgot `eval()`";

    public static readonly Misconception ForgotEval = new("validation in training mode",
        "The validation batches go through the network in training mode, which leaks twice: they are normalized by their own statistics, and the running averages take them in. `no_grad()` prevents neither.",
        "11", "\"`no_grad()` switches to inference\"");

    public static readonly Misconception ForgotTrain = new("training in evaluation mode",
        "After a validation the network trains on in evaluation mode. Batch norm is then a fixed map: its averages stand still while the weights move on. Call `train()` at the start of each epoch.",
        "11", "Trap 4: forgot `train()`");

    public static readonly Misconception ZeroGradForgotten = new("gradients not reset",
        "`backward()` adds to the gradients that are there. Without `zero_grad()` each step follows the sum of all gradients since the start.",
        "11", "Trap 11: gradient accumulation is not a large batch");

    public static readonly Misconception LearnsFromValidation = new("training on the validation data",
        "Steps are taken on the validation batches, so that their loss measures memory. Validation computes a loss and nothing else.",
        "11", Eval);

    public static readonly Misconception WrongSet = new("validation on the training data",
        "The losses are those of the training batches. They say how well the network fits, not how well it does on data that it has not seen.",
        "11", Eval);

    public static readonly Misconception TestStatistics = new("statistics of the test batch",
        "The test batches are normalized by their own statistics. The answer for an image then depends on its company, and a test set knows more about itself than a single image does.",
        "11", Eval);

    public static readonly Misconception Reestimated = new("averages estimated on the test set",
        "The test data go through the network in training mode first, so the running averages are partly theirs. That is adaptation, at times a useful tool, but no longer a measurement of the network that was trained.",
        "11", "Not a trap, a tool: test data that look different");

    public static readonly Misconception LeftInEvaluation = new("network left in evaluation mode",
        "The network comes in training mode and is left in evaluation mode. A function that measures changes nothing: the loop that called it would train on with fixed statistics.",
        "11", "Trap 4: forgot `train()`");

    public static readonly Misconception UnequalBatches = new("mean of unequal batches",
        "The accuracies of the batches are averaged, and the last batch is smaller: its images count more than the others. Count right answers, and divide once.",
        "11", Eval);
}
