using NormCore;
using NormLab.Exercises;
using static TorchSharp.torch;

namespace NormLab.Tests.Exercises;

public class PracticeTests
{
    [Fact]
    public void Fold_into_the_convolution()
    {
        static Tensor A(Tensor g, Tensor v, double eps) => g / (v + eps).sqrt();
        static Tensor W(Tensor w, Tensor a) => w * a.view(-1, 1, 1, 1);
        var exercise = Exercise.FoldIntoConvolution;
        Diagnosed.Correct(exercise,
            (w, b, g, beta, m, v, eps) => (W(w, A(g, v, eps)), A(g, v, eps) * (b - m) + beta),
            (w, b, g, beta, m, v, eps) => (einsum("oihw,o->oihw", w, A(g, v, eps)), beta + A(g, v, eps) * b - A(g, v, eps) * m));
        Diagnosed.As(exercise,
            ("convolution's bias lost", (w, b, g, beta, m, v, eps) => (W(w, A(g, v, eps)), beta - A(g, v, eps) * m)),
            ("bias not scaled", (w, b, g, beta, m, v, eps) => (W(w, A(g, v, eps)), b + beta - A(g, v, eps) * m)),
            ("running mean lost", (w, b, g, beta, m, v, eps) => (W(w, A(g, v, eps)), A(g, v, eps) * b + beta)),
            ("running mean not scaled", (w, b, g, beta, m, v, eps) => (W(w, A(g, v, eps)), A(g, v, eps) * b - m + beta)),
            ("β lost", (w, b, g, beta, m, v, eps) => (W(w, A(g, v, eps)), A(g, v, eps) * (b - m))),
            ("β scaled", (w, b, g, beta, m, v, eps) => (W(w, A(g, v, eps)), A(g, v, eps) * (b - m + beta))),
            ("γ lost", (w, b, g, beta, m, v, eps) => (W(w, 1 / (v + eps).sqrt()), (b - m) / (v + eps).sqrt() + beta)),
            ("scale along the input channels", (w, b, g, beta, m, v, eps) => (w * A(g, v, eps).view(-1, 1, 1), A(g, v, eps) * (b - m) + beta)),
            ("weights not scaled", (w, b, g, beta, m, v, eps) => (w + 0, A(g, v, eps) * (b - m) + beta)),
            ("running variance taken for a standard deviation", (w, b, g, beta, m, v, eps) => (W(w, g / (v + eps)), g / (v + eps) * (b - m) + beta)),
            ("ε outside the root", (w, b, g, beta, m, v, eps) => (W(w, g / (v.sqrt() + eps)), g / (v.sqrt() + eps) * (b - m) + beta)),
            ("ε of its own", (w, b, g, beta, m, v, _) => (W(w, A(g, v, 1e-5)), A(g, v, 1e-5) * (b - m) + beta)));
    }

    [Fact]
    public void Parameter_groups_without_decay()
    {
        var exercise = Exercise.DecayFreeGroups;
        Diagnosed.Correct(exercise,
            network => network.named_parameters().Where(p => p.parameter.dim() > 1).Select(p => p.name),
            network => [.. network.named_children().Where(c => c.module is TorchSharp.Modules.Linear or TorchSharp.Modules.Convolution).Select(c => $"{c.name}.weight")]);
        Diagnosed.As(exercise,
            ("decay on everything", network => network.named_parameters().Select(p => p.name)),
            ("decay on nothing", _ => []),
            ("decay on γ", network => network.named_parameters().Select(p => p.name).Where(name => !name.EndsWith("bias", StringComparison.Ordinal))),
            ("decay on biases", network => network.named_children().Where(c => c.module is not (BatchNorm or LayerNorm)).SelectMany(c => c.module.named_parameters().Select(p => $"{c.name}.{p.name}"))),
            ("decay on another norm's γ", network => network.named_children().Where(c => c.module is not BatchNorm && c.module.get_parameter("weight") is not null).Select(c => $"{c.name}.weight")),
            ("the two groups exchanged", network => network.named_parameters().Where(p => p.parameter.dim() < 2).Select(p => p.name)),
            ("weights before a norm exempt", _ => ["5.weight"]),
            ("unknown", _ => ["0.weight", "3.weight", "5.weight", "1.weight"]));
        Assert.Contains("at 1.weight", exercise.Check(_ => ["0.weight", "3.weight", "5.weight", "1.weight"]).Findings[0].Text);
        Assert.Equal("every name is a parameter of the network", Assert.Single(exercise.Check(_ => ["0.weight", "3.weight", "5.weight", "gamma"]).Findings[0].Parts));
    }

    [Fact]
    public void Fix_this_training_loop()
    {
        var exercise = Exercise.FixTheTrainingLoop;
        Diagnosed.Correct(exercise, Loop((network, batch, epoch) => network.train(), network => network.eval()), ByHand);
        Diagnosed.As(exercise,
            ("validation in training mode", Loop((_, _, _) => { }, _ => { })),
            ("training in evaluation mode", Loop((_, _, _) => { }, network => network.eval())),
            ("training in evaluation mode", Loop((network, batch, epoch) => network.train(batch == 0 && epoch == 0), network => network.eval())),
            ("gradients not reset", Loop((network, _, _) => network.train(), network => network.eval(), zero: false)),
            ("validation in training mode + gradients not reset", Loop((_, _, _) => { }, _ => { }, zero: false)),
            ("training in evaluation mode + gradients not reset", Loop((_, _, _) => { }, network => network.eval(), zero: false)),
            ("training on the validation data", Loop((network, _, _) => network.train(), network => network.eval(), learn: true)),
            ("validation on the training data", (network, train, _, epochs, rate) => Loop((n, _, _) => n.train(), n => n.eval())(network, train, train, epochs, rate)));
        Assert.Contains("null", exercise.Check((_, _, _, _, _) => null!).Findings[0].Text);
        Assert.Contains("the shape is (1) and (3) is needed", string.Concat(exercise.Check((network, train, _, _, _) => [1]).Findings.Select(finding => finding.Text)));
    }

    [Fact]
    public void Evaluate_without_leaking()
    {
        var exercise = Exercise.EvaluateWithoutLeaking;
        Diagnosed.Correct(exercise,
            (network, batches) => Accuracy(network, batches, n => n.eval(), n => n.train()),
            (network, batches) => Accuracy(network, [(cat([.. batches.Select(b => b.X)], 0), cat([.. batches.Select(b => b.Labels)], 0))], n => n.eval(), n => n.train()),
            (network, batches) => Accuracy(network, [.. batches.SelectMany(b => b.X.split(1).Zip(b.Labels.split(1)))], n => n.eval(), n => n.train()));
        Diagnosed.As(exercise,
            ("statistics of the test batch", (network, batches) => Accuracy(network, batches, _ => { }, _ => { })),
            ("statistics of the test batch", (network, batches) =>
            {
                using var off = no_grad();
                return Accuracy(network, batches, _ => { }, _ => { });
            }
        ),
            ("network left in evaluation mode", (network, batches) => Accuracy(network, batches, n => n.eval(), _ => { })),
            ("mean of unequal batches", (network, batches) => batches.Average(batch => Accuracy(network, [batch], n => n.eval(), n => n.train()))),
            ("averages estimated on the test set", (network, batches) => Accuracy(network, batches, n => { Feed(n, batches); n.eval(); }, n => n.train())));
    }

    private static void Feed(nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels)[] batches)
    {
        foreach (var (x, _) in batches)
            network.call(x);
    }

    private static double Accuracy(nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels)[] batches, Action<nn.Module<Tensor, Tensor>> before, Action<nn.Module<Tensor, Tensor>> after)
    {
        before(network);
        var (right, all) = (0L, 0L);
        foreach (var (x, labels) in batches)
        {
            right += network.call(x).argmax(1).eq(labels).sum().item<long>();
            all += x.shape[0];
        }

        after(network);
        return (double)right / all;
    }

    private static TrainAnswer Loop(Action<nn.Module, int, int> beforeStep, Action<nn.Module> beforeValidation, bool zero = true, bool learn = false) => (network, train, validation, epochs, rate) =>
    {
        var optimizer = optim.SGD(network.parameters(), rate);
        var losses = new double[epochs];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            for (var batch = 0; batch < train.Length; batch++)
            {
                if (!(batch > 0 && epoch == 0))
                    beforeStep(network, batch, epoch);
                Step(train[batch]);
            }

            beforeValidation(network);
            foreach (var batch in validation)
                losses[epoch] += (learn ? Step(batch) : Loss(batch).item<double>()) / validation.Length;
        }

        return losses;

        Tensor Loss((Tensor X, Tensor Labels) batch) => nn.functional.cross_entropy(network.call(batch.X), batch.Labels);

        double Step((Tensor X, Tensor Labels) batch)
        {
            if (zero)
                optimizer.zero_grad();
            var loss = Loss(batch);
            loss.backward();
            optimizer.step();
            return loss.item<double>();
        }
    };

    // Without an optimizer, and with the mean over all validation samples at once.
    private static double[] ByHand(nn.Module<Tensor, Tensor> network, (Tensor X, Tensor Labels)[] train, (Tensor X, Tensor Labels)[] validation, int epochs, double rate)
    {
        var losses = new List<double>();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            network.train();
            foreach (var (x, labels) in train)
            {
                network.zero_grad();
                nn.functional.cross_entropy(network.call(x), labels).backward();
                using var off = no_grad();
                foreach (var parameter in network.parameters())
                    parameter.sub_(rate * parameter.grad!);
            }

            network.eval();
            losses.Add(nn.functional.cross_entropy(network.call(cat([.. validation.Select(b => b.X)], 0)), cat([.. validation.Select(b => b.Labels)], 0)).item<double>());
        }

        return [.. losses];
    }
}
