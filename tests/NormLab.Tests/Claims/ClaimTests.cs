using System.Text.Json.Nodes;
using NormLab.Claims;
using NormLab.Rendering;

namespace NormLab.Tests.Claims;

public class ClaimTests
{
    private static Claim Empirical => Claim.Empirical("faster", "Batch norm learns faster").HoldsWhen("accuracy, with − without", atLeast: 0.05);

    private static Claim Identity => Claim.Identity("shift", "A shift changes nothing").HoldsWhen("largest difference", atMost: 1e-12);

    [Theory]
    [InlineData(new[] { 0.10, 0.11, 0.12, 0.13, 0.14 }, Verdict.Holds)]
    [InlineData(new[] { -0.10, -0.11, -0.12, -0.13, -0.14 }, Verdict.Fails)]
    [InlineData(new[] { 0.01, 0.11, 0.03, 0.13, 0.00 }, Verdict.Inconclusive)]
    [InlineData(new[] { 0.10, 0.11, double.NaN, 0.13, 0.14 }, Verdict.Inconclusive)]
    public void An_empirical_claim_is_judged_by_its_interval(double[] differences, Verdict verdict) =>
        Assert.Equal(verdict, Empirical.Measured(differences).Verdict);

    [Theory]
    [InlineData(0.0, Verdict.Holds)]
    [InlineData(1e-12, Verdict.Holds)]
    [InlineData(2e-12, Verdict.Fails)]
    [InlineData(double.NaN, Verdict.Inconclusive)]
    [InlineData(double.PositiveInfinity, Verdict.Inconclusive)]
    public void An_identity_is_judged_by_its_number(double value, Verdict verdict) =>
        Assert.Equal(verdict, Identity.Measured(value).Verdict);

    [Fact]
    public void A_check_passes_when_the_prose_says_what_was_measured()
    {
        Assert.True(Identity.ProseSays(Verdict.Fails).Measured(1).Passed);
        Assert.False(Identity.ProseSays(Verdict.Fails).Measured(0).Passed);
        Assert.False(Identity.ProseSays(Verdict.Inconclusive).Measured(double.NaN).Passed);
        Assert.True(Empirical.ProseSays(Verdict.Inconclusive).Measured([0.01, 0.11, 0.03, 0.13, 0.00]).Passed);
    }

    [Fact]
    public void Two_arms_are_paired_seed_by_seed()
    {
        // The seeds differ far more than the arms: only pairs show the difference of 0.1.
        double[] without = [0.1, 0.3, 0.5, 0.7, 0.9];
        double[] with = [0.201, 0.399, 0.601, 0.799, 1.001];
        var result = Empirical.Measured(with, without);
        Assert.Equal(Verdict.Holds, result.Verdict);
        Assert.Equal(0.1002, result.Value, 6);
    }

    [Fact]
    public void A_numerical_claim_takes_an_estimate_with_its_interval()
    {
        var claim = Claim.Numerical("variance", "The output has variance one").HoldsWhen("|variance − 1|", atMost: 0.01);
        Assert.Equal(Verdict.Holds, claim.Measured(new Estimate(0.005, 0.001, 100)).Verdict);
        Assert.Equal(Verdict.Inconclusive, claim.Measured(new Estimate(0.0095, 0.001, 100)).Verdict);
    }

    [Fact]
    public void Fewer_than_five_seeds_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Empirical.Measured([1, 1, 1, 1]));
        Assert.Contains("got 4 paired seeds", error.Message);
    }

    [Fact]
    public void Arms_of_different_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => Empirical.Measured([1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]));

    [Fact]
    public void A_measurement_before_its_threshold_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Claim.Identity("a", "b").Measured(0));
        Assert.Contains("HoldsWhen", error.Message);
    }

    [Fact]
    public void One_number_proves_no_empirical_claim() =>
        Assert.Throws<InvalidOperationException>(() => Empirical.Measured(0.3));

    [Fact]
    public void Exactly_one_threshold_is_needed()
    {
        Assert.Throws<ArgumentException>(() => Identity.HoldsWhen("difference"));
        Assert.Throws<ArgumentException>(() => Identity.HoldsWhen("difference", atLeast: 0, atMost: 1));
        Assert.Throws<ArgumentException>(() => Identity.HoldsWhen("difference", atMost: double.NaN));
    }

    [Fact]
    public void The_check_carries_every_field()
    {
        var check = JsonNode.Parse(Empirical.ProseSays(Verdict.Fails).Measured([0.10, 0.11, 0.12, 0.13, 0.14]).ToMime(MimeTypes.Check)!)!["checks"]![0]!;
        Assert.Equal("faster", (string?)check["name"]);
        Assert.False((bool)check["passed"]!);
        Assert.Contains("but the prose says fails", (string?)check["message"]);
        Assert.Equal("empirical", (string?)check["kind"]);
        Assert.Equal("Batch norm learns faster", (string?)check["statement"]);
        Assert.Equal(0.12, (double)check["statistic"]!["value"]!, 6);
        Assert.InRange((double)check["interval"]!["low"]!, 0.1, 0.12);
        Assert.Equal("at least", (string?)check["threshold"]!["relation"]);
        Assert.Equal("holds", (string?)check["verdict"]);
        Assert.Equal("fails", (string?)check["stated"]);
    }

    [Fact]
    public void A_number_that_JSON_lacks_does_not_break_the_check() =>
        Assert.Equal("NaN", (string?)JsonNode.Parse(Identity.Measured(double.NaN).ToMime(MimeTypes.Check)!)!["checks"]![0]!["statistic"]!["value"]);

    [Fact]
    public void A_result_reads_as_a_sentence() => Assert.Equal(
        "✓ identity shift holds: A shift changes nothing (largest difference: 1E-13; threshold ≤ 1E-12)",
        Identity.Measured(1e-13).ToString());

    [Fact]
    public void The_scoreboard_has_a_row_per_claim_and_refuses_a_repeated_id()
    {
        var shift = Identity.Measured(0);
        Assert.Equal("holds", Scoreboard.Of(shift).Rows[0][4]);
        Assert.Throws<ArgumentException>(() => Scoreboard.Of(shift, shift));
    }
}
