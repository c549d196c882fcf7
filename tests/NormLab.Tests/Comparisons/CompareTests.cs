using System.Text.Json.Nodes;
using NormLab.Comparisons;
using NormLab.Rendering;
using static TorchSharp.torch;

namespace NormLab.Tests.Comparisons;

public class CompareTests
{
    private static Comparison One(object? ours, object? theirs) => Compare.To("reference", ("dx", ours, theirs)).Rows[0];

    [Fact]
    public void Equal_bits_are_exact() => Assert.Equal(Agreement.Exact, One(tensor(new[] { 1.0, 2 }), tensor(new[] { 1.0, 2 })).Agreement);

    [Fact]
    public void Zeros_of_different_sign_are_close_but_not_exact() => Assert.Equal(Agreement.Close, One(0.0, -0.0).Agreement);

    [Theory]
    [InlineData(ScalarType.Float64, 1e-11, Agreement.Close)]
    [InlineData(ScalarType.Float64, 1e-9, Agreement.Off)]
    [InlineData(ScalarType.Float32, 1e-6, Agreement.Close)]
    [InlineData(ScalarType.Float32, 1e-4, Agreement.Off)]
    [InlineData(ScalarType.BFloat16, 8e-3, Agreement.Close)]
    [InlineData(ScalarType.BFloat16, 0.05, Agreement.Off)]
    public void The_tolerance_follows_the_type_and_the_largest_entry(ScalarType type, double error, Agreement agreement)
    {
        var theirs = tensor(new[] { 1e-3, 1000.0 }).to(type);
        var ours = (tensor(new[] { 1e-3, 1000.0 }) * (1 + error)).to(type);
        Assert.Equal(agreement, One(ours, theirs).Agreement);
    }

    [Fact]
    public void A_small_entry_is_measured_against_the_largest_one() =>
        Assert.Equal(Agreement.Close, One(new[] { 1e-12, 1.0 }, new[] { 3e-12, 1.0 }).Agreement);

    [Fact]
    public void A_difference_is_told_with_its_place()
    {
        var theirs = zeros(2, 3, 4, dtype: ScalarType.Float64);
        theirs[0, 0, 0] = 1;
        var ours = theirs.clone();
        ours[1, 2, 3] = 0.5;
        var row = One(ours, theirs);
        Assert.Equal(Agreement.Off, row.Agreement);
        Assert.Contains("0.5 at [1, 2, 3]", row.Finding);
    }

    [Fact]
    public void Different_shapes_are_off_even_where_they_could_be_broadcast()
    {
        var row = One(zeros(3), zeros(1, 3));
        Assert.Equal(Agreement.Off, row.Agreement);
        Assert.Contains("(3) and (1, 3)", row.Finding);
    }

    [Fact]
    public void NaN_is_off_even_where_both_have_it() =>
        Assert.Contains("NaN at [1]", One(new[] { 0, double.NaN }, new[] { 0, double.NaN }).Finding);

    [Fact]
    public void Infinity_is_off_unless_both_have_it()
    {
        Assert.Equal(Agreement.Off, One(new[] { 1, double.PositiveInfinity }, new[] { 1.0, 2 }).Agreement);
        Assert.Equal(Agreement.Off, One(new[] { 1.0, 2 }, new[] { 1, double.PositiveInfinity }).Agreement);
        Assert.Equal(Agreement.Exact, One(double.PositiveInfinity, double.PositiveInfinity).Agreement);
    }

    [Fact]
    public void Without_entries_nothing_is_proved() => Assert.Equal(Agreement.Off, One(zeros(0), zeros(0)).Agreement);

    [Fact]
    public void A_gradient_that_is_null_is_explained()
    {
        var error = Assert.Throws<ArgumentException>(() => One(1.0, null));
        Assert.Contains("backward()", error.Message);
    }

    [Fact]
    public void The_largest_relative_difference_of_all_rows_can_be_claimed_about()
    {
        Assert.Equal(0.25, Compare.To("reference", ("a", 1.0, 1.0), ("b", 5.0, 4.0)).Largest);
        Assert.Equal(double.NaN, Compare.To("reference", ("a", double.NaN, 1.0), ("b", 5.0, 4.0)).Largest);
    }

    [Fact]
    public void A_tolerance_can_be_given() =>
        Assert.True(Compare.To("reference", 0.1, ("x", 1.05, 1.0)).Passed);

    [Fact]
    public void Rows_become_checks_that_name_what_is_off()
    {
        var checks = JsonNode.Parse(Compare.To("autograd", ("dx", 1.0, 1.0), ("dγ", 1.0, 2.0)).ToMime(MimeTypes.Check)!)!["checks"]!.AsArray();
        Assert.Equal([true, false], checks.Select(check => (bool)check!["passed"]!));
        Assert.Equal("dγ compared with autograd", (string?)checks[1]!["name"]);
    }

    [Fact]
    public void A_view_is_compared_by_its_own_entries()
    {
        var x = arange(6, dtype: ScalarType.Float64).reshape(2, 3);
        Assert.Equal(Agreement.Exact, One(x.t(), x.t().contiguous()).Agreement);
        Assert.Equal(Agreement.Off, One(x.t(), x.reshape(3, 2)).Agreement);
    }
}
