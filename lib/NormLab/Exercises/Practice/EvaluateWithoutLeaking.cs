using NormLab.Training;
using static NormLab.Exercises.LoopMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, (TorchSharp.torch.Tensor X, TorchSharp.torch.Tensor Labels)[], double>;

namespace NormLab.Exercises;

internal static class EvaluateWithoutLeaking
{
    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Evaluate without leaking",
        Statement = "Return the share of test images that a classifier (N, D) → (N, K) gets right. The network comes in training mode and must be left as it came: mode, weights and running averages. The last batch is smaller.",
        Difficulty = 2,
        Trains = "measuring without touching",
        Hints =
        [
            "What would the accuracy be if the test images came one by one?",
            "Remember `network.training`, call `eval()`, count right answers over all batches, and put the mode back.",
            "`right += network.call(x).argmax(1).eq(labels).sum().item<long>();`, divided at the end by the number of images; then `network.train(was);`.",
        ],
        Observe = (answer, trial) =>
        {
            using var network = LabelledBatches.Network();
            var batches = LabelledBatches.Of(240, 24, 24, 7);
            var before = LabelledBatches.Averages(network);
            trial.Take("accuracy", answer(network, batches));
            trial.Fact("the running averages are what they were", LabelledBatches.Averages(network).SequenceEqual(before));
            trial.Fact("the network is in the mode that it came in", network.training);
        },
        Solution = (network, batches) => InMode(network, batches, training: false),
        Suspects =
        [
            new(TestStatistics, Accuracy),
            new(TestStatistics, (network, batches) => InMode(network, batches, training: true)),
            new([TestStatistics, UnequalBatches], MeanAccuracy),
            new(LeftInEvaluation, (network, batches) => Accuracy(Evaluating(network), batches)),
            new([LeftInEvaluation, UnequalBatches], (network, batches) => MeanAccuracy(Evaluating(network), batches)),
            new(UnequalBatches, (network, batches) =>
            {
                using var kept = KeptState.Of(network);
                return MeanAccuracy(Evaluating(network), batches);
            }),
            new(Reestimated, (network, batches) =>
            {
                Accuracy(network, batches);
                return InMode(network, batches, training: false);
            }),
            new([Reestimated, LeftInEvaluation], (network, batches) =>
            {
                Accuracy(network, batches);
                return Accuracy(Evaluating(network), batches);
            }),
        ],
    };

    private static nn.Module<Tensor, Tensor> Evaluating(nn.Module<Tensor, Tensor> network)
    {
        network.eval();
        return network;
    }

    private static double InMode(nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels)[] batches, bool training)
    {
        using var kept = KeptState.Of(network);
        network.train(training);
        return Accuracy(network, batches);
    }

    private static double Accuracy(nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels)[] batches) =>
        batches.Sum(batch => Right(network, batch)) / batches.Sum(batch => batch.X.shape[0]);

    private static double MeanAccuracy(nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels)[] batches) =>
        batches.Average(batch => Right(network, batch) / batch.X.shape[0]);

    private static double Right(nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels) batch) =>
        network.call(batch.X).argmax(1).eq(batch.Labels).sum().item<long>();
}
