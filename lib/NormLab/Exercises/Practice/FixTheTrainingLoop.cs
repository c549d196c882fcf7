using static NormLab.Exercises.LoopMisconceptions;
using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>A training loop.</summary>
/// <param name="network">A classifier with batch norm, in training mode.</param>
/// <param name="train">The training batches, (N, D) with labels (N).</param>
/// <param name="validation">The validation batches.</param>
/// <param name="epochs">How often to go through the training batches.</param>
/// <param name="rate">The learning rate of plain SGD.</param>
/// <returns>The mean validation loss after each epoch.</returns>
public delegate double[] TrainAnswer(
    nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels)[] train, (Tensor X, Tensor Labels)[] validation, int epochs, double rate);

internal static class FixTheTrainingLoop
{
    private const int Epochs = 3;
    private static readonly bool[] Both = [false, true];

    public static readonly Exercise<TrainAnswer> Sheet = new()
    {
        Title = "Fix this training loop",
        Statement = "In each epoch take one step of plain SGD per training batch, in the order given, on the mean cross-entropy; then compute the mean loss of the validation batches, which are equally large. Return one validation loss per epoch.",
        Difficulty = 2,
        Trains = "the calls that a loop with batch norm must not forget",
        Hints =
        [
            "Ask of every forward pass in it: which mode is the network in here, the second time round?",
            "Three calls per epoch decide: `train()` before the steps, `zero_grad()` before each backward pass, `eval()` before the validation.",
            "`network.train();` is the first line of the epoch, `network.eval();` the first line after its steps; in between `optimizer.zero_grad(); loss.backward(); optimizer.step();`.",
        ],
        Observe = (answer, trial) =>
        {
            using var network = LabelledBatches.Network();
            var (train, validation) = (LabelledBatches.Of(40, 8, 8, 8), LabelledBatches.Of(140, 8, 8));
            var losses = Trial.There("What the loop returned", answer(network, train, validation, Epochs, 0.2));
            trial.Take("weights", [.. network.parameters().SelectMany(parameter => parameter.Numbers())], null);
            trial.Take("running averages", LabelledBatches.Averages(network), null);
            trial.Take("number of batches that the running averages took in", LabelledBatches.Tracked(network));
            trial.Take("validation losses", losses, null);
        },
        Solution = new Loop().Run,
        Suspects = [.. Wrong()],
    };

    /// <summary>A loop with its mistakes switched on one by one.</summary>
    private sealed record Loop(bool ForgetsTrain = false, bool ForgetsEval = false, bool KeepsGradients = false, bool Learns = false, bool WrongSet = false)
    {
        public double[] Run(nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels)[] train, (Tensor X, Tensor Labels)[] validation, int epochs, double rate)
        {
            var optimizer = optim.SGD(network.parameters(), rate);
            return [.. Enumerable.Range(0, epochs).Select(_ =>
            {
                if (!ForgetsTrain)
                    network.train();
                foreach (var (x, labels) in train)
                    Step(x, labels);
                if (!ForgetsEval)
                    network.eval();
                return (WrongSet ? train : validation).Select(batch => Learns ? Step(batch.X, batch.Labels) : Loss(batch.X, batch.Labels).item<double>()).Average();
            })];

            Tensor Loss(Tensor x, Tensor labels) => nn.functional.cross_entropy(network.call(x), labels);

            double Step(Tensor x, Tensor labels)
            {
                if (!KeepsGradients)
                    optimizer.zero_grad();
                var loss = Loss(x, labels);
                loss.backward();
                optimizer.step();
                return loss.item<double>();
            }
        }
    }

    // Mistakes come in company: every set of them is a suspect. A loop that forgets eval() does not show whether it forgets train().
    private static IEnumerable<Suspect<TrainAnswer>> Wrong() =>
        from train in Both
        from eval in Both
        from gradients in Both
        from learns in Both
        from set in Both
        where train || eval || gradients || learns || set
        where !(train && eval) && !(learns && set)
        let names = new[] { (train, ForgotTrain), (eval, ForgotEval), (gradients, ZeroGradForgotten), (learns, LearnsFromValidation), (set, LoopMisconceptions.WrongSet) }
        select new Suspect<TrainAnswer>([.. names.Where(name => name.Item1).Select(name => name.Item2)], new Loop(train, eval, gradients, learns, set).Run);
}
