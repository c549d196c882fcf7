using NormLab.Exercises;
using NormLab.Rendering;
using static TorchSharp.torch;

namespace NormLab.Tests.Exercises;

/// <summary>Answers that are none, or wrong in a way without a name; asked of the first exercise, which has the same check as all.</summary>
public class AnswerTests
{
    private static Tensor Right(Tensor x, double eps) => (x - x.mean([0L])) / ((x - x.mean([0L])).square().mean([0L]) + eps).sqrt();

    [Fact]
    public void An_exercise_without_an_answer_is_open_and_fails_no_run()
    {
        foreach (var result in new[] { Exercise.NormalizeABatch.Check((_, _) => Exercise.Todo<Tensor>()), Exercise.NormalizeABatch.Check((_, _) => throw new NotImplementedException()) })
        {
            Assert.Equal(Standing.Open, result.Standing);
            Assert.Null(result.ToMime(MimeTypes.Check));
            Assert.Contains("not answered yet", result.ToText());
        }
    }

    [Fact]
    public void A_right_answer_and_a_wrong_one_are_checks_of_a_run()
    {
        Assert.Contains("\"passed\":true", Exercise.NormalizeABatch.Check(Right).ToMime(MimeTypes.Check));
        var wrong = Exercise.NormalizeABatch.Check((x, _) => Right(x, 0));
        Assert.Contains("\"passed\":false", wrong.ToMime(MimeTypes.Check));
        Assert.Contains("ε forgotten", wrong.ToMime(MimeTypes.Check));
    }

    [Fact]
    public void A_wrong_answer_without_a_name_is_told_with_numbers_and_place()
    {
        var result = Exercise.NormalizeABatch.Check((x, eps) =>
        {
            var y = Right(x, eps);
            y[2, 1] = y[2, 1] + 0.25;
            return y;
        });
        var finding = Assert.Single(result.Findings);
        Assert.Equal(Finding.UnknownName, finding.Name);
        Assert.Contains("not in a way that is known", finding.Text);
        Assert.Contains("the largest difference is 0.25 at [2, 1], where yours is", finding.Text);
        Assert.Equal(["x̂ keeps its digits where x is far from zero"], result.Right);
    }

    [Fact]
    public void What_is_right_already_is_said_beside_what_is_not()
    {
        var text = Exercise.BatchNormBackward.Check((dy, x, gamma, eps) =>
        {
            var xhat = Right(x, eps);
            return (dy + 1, (dy * xhat).sum([0L]), dy.sum([0L]));
        }).ToText();
        Assert.Contains("right: dγ; dβ", text);
        Assert.Contains("not right (dx)", text);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_with_the_reason()
    {
        Refused("null; a tensor is needed", (_, _) => null!);
        Refused("Float32 where the inputs are Float64", (x, eps) => Right(x, eps).to(ScalarType.Float32));
        Refused("the input x itself", (x, _) => x);
        Refused("x was changed in place", (x, eps) => x.sub_(x.mean([0L])) * 1.0);
        Refused("x was disposed", (x, eps) => Disposed(x, Right(x, eps)));
        Refused("disposed tensor", (x, eps) => Disposed(Right(x, eps)));
        Refused("threw InvalidOperationException: my own words", (_, _) => throw new InvalidOperationException("my own words"));
        Refused("threw", (x, _) => x.reshape(7));
        Refused("threw", (x, _) => x + ones(5));
        Refused("threw", (x, _) => x.mean([7L]));
        Refused("threw", (x, _) => x[99]);
        Refused("threw", (x, _) => Derived(x.sum()));
        Refused("needs your function", null!);
    }

    [Theory]
    [InlineData("the shape is (6) and (6, 4) is needed", false)]
    [InlineData("yours is NaN and", true)]
    public void Another_shape_and_numbers_that_are_none_are_told(string said, bool nan) =>
        Assert.Contains(said, Exercise.NormalizeABatch.Check((x, eps) => nan ? Right(x, eps) * double.NaN : Right(x, eps).sum([1L])).Findings[0].Text);

    [Fact]
    public void Gradients_are_on_after_an_answer_that_switched_them_off()
    {
        Diagnosed.Correct(Exercise.NormalizeABatch, (x, eps) =>
        {
            no_grad();
            return Right(x, eps);
        });
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Hints_are_three_and_rich()
    {
        var hint = Exercise.NormalizeABatch.Hint(2);
        Assert.Contains("<code>x.mean([0L], keepdim: true)</code>", hint.ToHtml());
        Assert.Contains("`x.mean([0L], keepdim: true)`", hint.ToMime(MimeTypes.Markdown));
        Assert.Contains("There are 3 hints", Assert.Throws<ArgumentOutOfRangeException>(() => Exercise.NormalizeABatch.Hint(4)).Message);
    }

    private static void Refused(string reason, Func<Tensor, double, Tensor> answer)
    {
        var finding = Assert.Single(Exercise.NormalizeABatch.Check(answer).Findings);
        Assert.Equal(Finding.RefusedName, finding.Name);
        Assert.Contains(reason, finding.Text);
    }

    private static Tensor Derived(Tensor y)
    {
        y.backward();
        return y;
    }

    private static Tensor Disposed(Tensor tensor, Tensor? result = null)
    {
        tensor.Dispose();
        return result ?? tensor;
    }
}
