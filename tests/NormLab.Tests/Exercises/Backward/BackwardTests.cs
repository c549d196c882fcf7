using NormLab.Exercises;
using static TorchSharp.torch;

namespace NormLab.Tests.Exercises;

public class BackwardTests
{
    private static Tensor M(Tensor x, long axis) => x.mean([axis], keepdim: true);

    private static (Tensor Xhat, Tensor Rstd) Forward(Tensor x, double eps, long axis)
    {
        var rstd = (M((x - M(x, axis)).square(), axis) + eps).rsqrt();
        return ((x - M(x, axis)) * rstd, rstd);
    }

    [Fact]
    public void The_backward_pass_of_batch_norm()
    {
        var exercise = Exercise.BatchNormBackward;
        Diagnosed.Correct(exercise,
            (dy, x, gamma, eps) => With(dy, x, gamma, eps, (dy, xhat) => dy - M(dy, 0) - xhat * M(dy * xhat, 0)),
            (dy, x, gamma, eps) =>
            {
                // Autograd on copies.
                var (input, scale, shift) = (x.detach().clone().requires_grad_(), gamma.detach().clone().requires_grad_(), zeros_like(gamma).requires_grad_());
                (nn.functional.batch_norm(input, null, null, scale, shift, training: true, eps: eps) * dy).sum().backward();
                return (input.grad!, scale.grad!, shift.grad!);
            });
        Diagnosed.As(exercise,
            ("the mean's gradient forgotten", (dy, x, gamma, eps) => With(dy, x, gamma, eps, (dy, xhat) => dy - xhat * M(dy * xhat, 0))),
            ("the x̂ term missing", (dy, x, gamma, eps) => With(dy, x, gamma, eps, (dy, _) => dy - M(dy, 0))),
            ("statistics treated as constants", (dy, x, gamma, eps) => With(dy, x, gamma, eps, (dy, _) => dy)),
            ("sums for means in dx", (dy, x, gamma, eps) => With(dy, x, gamma, eps, (dy, xhat) => dy - dy.sum([0L]) - xhat * (dy * xhat).sum([0L]))),
            ("m − 1 in dx", (dy, x, gamma, eps) => With(dy, x, gamma, eps, (dy, xhat) => dy - (dy.sum([0L]) + xhat * (dy * xhat).sum([0L])) / (x.shape[0] - 1))),
            ("γ forgotten in backward", (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { Item1 = Right(dy, x, ones_like(gamma), eps).Item1 }),
            ("γ applied twice in backward", (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { Item1 = Right(dy, x, gamma * gamma, eps).Item1 }),
            ("1/σ forgotten in dx", (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { Item1 = Right(dy, x, gamma, eps).Item1 / Forward(x, eps, 0).Rstd }),
            ("β's gradient averaged", (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { Item3 = dy.mean([0L]) }),
            ("γ's gradient averaged", (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { Item2 = (dy * Forward(x, eps, 0).Xhat).mean([0L]) }),
            ("γ's gradient with x for x̂", (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { Item2 = (dy * x).sum([0L]) }),
            ("γ in its own gradient", (dy, x, gamma, eps) => Right(dy, x, gamma, eps) with { Item2 = (dy * gamma * Forward(x, eps, 0).Xhat).sum([0L]) }),
            ("γ's gradient averaged + β's gradient averaged", (dy, x, gamma, eps) => (Right(dy, x, gamma, eps).Item1, (dy * Forward(x, eps, 0).Xhat).mean([0L]), dy.mean([0L]))));
    }

    [Fact]
    public void The_backward_pass_of_layer_norm()
    {
        var exercise = Exercise.LayerNormBackward;
        Diagnosed.Correct(exercise, (dy, x, gamma, eps) => Layer(dy * gamma, dy, x, eps));
        Diagnosed.As(exercise,
            ("γ in front of the bracket", (dy, x, gamma, eps) => Layer(dy, dy, x, eps) with { Item1 = gamma * Layer(dy, dy, x, eps).Item1 }),
            ("γ forgotten in backward", (dy, x, _, eps) => Layer(dy, dy, x, eps)),
            ("γ applied twice in backward", (dy, x, gamma, eps) => Layer(dy * gamma * gamma, dy, x, eps)),
            ("the x̂ term missing", (dy, x, gamma, eps) => Layer(dy * gamma, dy, x, eps) with { Item1 = Forward(x, eps, 1).Rstd * (dy * gamma - M(dy * gamma, 1)) }),
            ("backward over the batch's axis", (dy, x, gamma, eps) =>
            {
                var (xhat, rstd) = Forward(x, eps, 1);
                var dxhat = dy * gamma;
                return (rstd * (dxhat - M(dxhat, 0) - xhat * M(dxhat * xhat, 0)), (dy * xhat).sum([0L]));
            }
        ),
            ("γ's gradient averaged", (dy, x, gamma, eps) => Layer(dy * gamma, dy, x, eps) with { Item2 = (dy * Forward(x, eps, 1).Xhat).mean([0L]) }),
            ("γ's gradient with x for x̂", (dy, x, gamma, eps) => Layer(dy * gamma, dy, x, eps) with { Item2 = (dy * x).sum([0L]) }));
        Assert.Contains("the shape is (4) and (5) is needed", exercise.Check((dy, x, gamma, eps) =>
            Layer(dy * gamma, dy, x, eps) with { Item2 = (dy * x).sum([1L]) }).Findings[0].Text);
    }

    private static (Tensor, Tensor, Tensor) With(Tensor dy, Tensor x, Tensor gamma, double eps, Func<Tensor, Tensor, Tensor> bracket)
    {
        var (xhat, rstd) = Forward(x, eps, 0);
        return (gamma * rstd * bracket(dy, xhat), (dy * xhat).sum([0L]), dy.sum([0L]));
    }

    private static (Tensor, Tensor, Tensor) Right(Tensor dy, Tensor x, Tensor gamma, double eps) =>
        With(dy, x, gamma, eps, (dy, xhat) => dy - M(dy, 0) - xhat * M(dy * xhat, 0));

    private static (Tensor, Tensor) Layer(Tensor dxhat, Tensor dy, Tensor x, double eps)
    {
        var (xhat, rstd) = Forward(x, eps, 1);
        return (rstd * (dxhat - M(dxhat, 1) - xhat * M(dxhat * xhat, 1)), (dy * xhat).sum([0L]));
    }
}
