using NormLab.Data;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Invariance;

/// <summary>How far a loss L of weights w is from L(a w) = L(w), with what follows from it: ⟨w, ∇L(w)⟩ = 0 and a ∇L(a w) = ∇L(w).</summary>
/// <param name="LossChange">|L(a w) − L(w)| / |L(w)|.</param>
/// <param name="Alignment">The largest |⟨w, ∇L⟩| / (‖w‖ ‖∇L‖) of the weight tensors: the cosine of the angle between weight and gradient.</param>
/// <param name="GradientMismatch">The largest ‖a ∇L(a w) − ∇L(w)‖ / ‖∇L(w)‖ of the weight tensors.</param>
/// <remarks>Arora, Li and Lyu 2018, arXiv:1812.03981v1, lemma 2.4. Zero to rounding only where ε = 0 behind the weights.</remarks>
public sealed record ScaleInvariance(double LossChange, double Alignment, double GradientMismatch)
{
    /// <summary>Measures it on a batch; the network is afterwards what it was.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="batch">The batch, in the type of the weights.</param>
    /// <param name="training">Whether normalizers use the statistics of the batch (training mode) or running ones, with which nothing is invariant.</param>
    /// <param name="weights">Which parameters are w, by name; all of them are multiplied at once.</param>
    /// <param name="factor">a, positive.</param>
    /// <param name="objective">Which loss.</param>
    /// <exception cref="ArgumentException">No parameter was chosen, or a factor that is not positive.</exception>
    public static ScaleInvariance Of(
        nn.Module<Tensor, Tensor> network, ImageSet batch, bool training, Func<string, bool> weights, double factor = 10, Objective objective = Objective.CrossEntropy)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        var chosen = network.named_parameters().Where(pair => weights(pair.name)).Select(pair => (Tensor)pair.parameter).ToArray();
        if (chosen.Length == 0)
            throw new ArgumentException($"No parameter was chosen to be scaled; the network has {string.Join(", ", network.named_parameters().Select(pair => pair.name))}.", nameof(weights));

        using var scope = NewDisposeScope();
        using var kept = KeptState.Of(network);
        network.train(training);
        var (loss, gradients) = Gradients();
        var alignment = chosen.Zip(gradients, (w, g) => Norm((w * g).sum()) / (Norm(w) * Norm(g))).Max();
        using (no_grad())
            foreach (var weight in chosen)
                weight.mul_(factor);
        var (scaledLoss, scaled) = Gradients();
        return new(Math.Abs(scaledLoss - loss) / Math.Abs(loss), alignment, scaled.Zip(gradients, (a, g) => Norm(factor * a - g) / Norm(g)).Max());

        (double Loss, Tensor[] Gradients) Gradients()
        {
            var value = objective.Of(network.call(batch.Images), batch.Labels);
            return (value.Numbers()[0], [.. autograd.grad([value], chosen)]);
        }
    }

    private static double Norm(Tensor tensor) => tensor.norm().Numbers()[0];
}
