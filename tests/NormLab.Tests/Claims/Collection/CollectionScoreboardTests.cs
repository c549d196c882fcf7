using System.Text.Json.Nodes;
using NormLab.Claims;
using NormLab.Rendering;

namespace NormLab.Tests.Claims.Collection;

public sealed class CollectionScoreboardTests : IDisposable
{
    private readonly CollectionFolder folder = new();

    public void Dispose() => folder.Dispose();

    private CollectionScoreboard Whole() => CollectionScoreboard.Read(folder
        .With("01-zero.ipynb", "Is it zero?", "", (CollectionFolder.Zero, true))
        .With("02-gain.ipynb", "Does it gain?", "", (CollectionFolder.Gain, true)).Path);

    private static JsonNode Check(CollectionScoreboard board, int index, string explains = "02") =>
        JsonNode.Parse(board.Check(explains).ToMime(MimeTypes.Check)!)!["checks"]![index]!;

    [Fact]
    public void Records_come_back_as_they_were_measured()
    {
        var (zero, gain) = (Whole().Records.First(), Whole().Records.Last());

        Assert.Equal(("BN01-zero", ClaimKind.Identity, "It is zero", 1e-15, null, Threshold.AtMost(1e-12), Verdict.Holds), (zero.Id, zero.Kind, zero.Statement, zero.Value, zero.Interval, zero.Threshold, zero.Verdict));
        Assert.Equal((0.03, Verdict.Fails, true), (gain.Value, gain.Verdict, gain.Passed));
        Assert.Equal(CollectionFolder.Gain.Interval!.Value.High, gain.Interval!.Value.High, 6);
        Assert.Equal(CollectionFolder.Gain.Evidence, gain.Evidence);
        Assert.Equal("2 claims in 2 notebooks: 1 hold, 1 fail, 0 inconclusive", Whole().ToText());
    }

    [Fact]
    public void A_claim_whose_record_was_deleted_has_a_row_that_says_what_to_run_and_fails_the_check()
    {
        Whole();
        var board = CollectionScoreboard.Read(folder.With("01-zero.ipynb", "Is it zero?", "", (CollectionFolder.Zero, false)).Path);

        Assert.Equal(["BN01-zero"], board.Missing);
        Assert.Contains("| [BN01-zero](01-zero.ipynb#BN01-zero) |  |  |  | no record: run 01 |", board.Notebooks[0].ToMime(MimeTypes.Markdown), StringComparison.Ordinal);
        Assert.Contains("1 without a record", board.ToText(), StringComparison.Ordinal);
        Assert.Equal((false, "BN01-zero has no record: run 01"), ((bool)Check(board, 0)["passed"]!, (string)Check(board, 0)["message"]!));
    }

    [Fact]
    public void A_name_without_a_notebook_belongs_to_the_one_that_uses_it()
    {
        var stranger = Claim.Identity("BN77-stray", "Misspelt").HoldsWhen("difference", atMost: 0).Measured(0);
        Assert.Equal("BN77-stray", Assert.Single(CollectionScoreboard.Read(folder.With("01-zero.ipynb", "Z", "", (CollectionFolder.Zero, true), (stranger, false)).Path).Notebooks[0].Missing));
    }

    [Fact]
    public void A_whole_collection_passes_where_the_notebook_that_explains_names_what_fails()
    {
        Assert.True(Whole().Check(explains: "02").Passed);
        Assert.Equal("BN02-gain", (string?)Check(Whole(), 3, explains: "01")["message"]);
    }

    [Fact]
    public void A_verdict_that_the_prose_does_not_give_and_an_id_used_twice_fail_the_check()
    {
        var surprise = CollectionFolder.Gain with { Claim = CollectionFolder.Gain.Claim.ProseSays(Verdict.Holds) };
        var board = CollectionScoreboard.Read(folder.With("02-gain.ipynb", "G", "", (surprise, true), (CollectionFolder.Zero, true), (CollectionFolder.Zero, true)).Path);

        Assert.Equal((false, "BN02-gain fails"), ((bool)Check(board, 1)["passed"]!, (string)Check(board, 1)["message"]!));
        Assert.Equal((false, "BN01-zero"), ((bool)Check(board, 2)["passed"]!, (string)Check(board, 2)["message"]!));
    }

    [Fact]
    public void What_a_clock_measured_is_told_without_its_number()
    {
        var record = Assert.Single(CollectionScoreboard.Read(folder.With("01-zero.ipynb", "Z", "timing", (CollectionFolder.Zero, true)).Path).Records);

        Assert.DoesNotContain("1E-15", record.Evidence, StringComparison.Ordinal);
        Assert.True(double.IsNaN(record.Orders));
    }

    [Fact]
    public void The_same_files_have_the_same_provenance_and_another_seed_another_one()
    {
        var before = Whole().ToMime(MimeTypes.Provenance);
        Assert.Equal(before, Whole().ToMime(MimeTypes.Provenance));
        var file = Path.Combine(folder.Path, "01-zero.ipynb");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"seed\":7", "\"seed\":8", StringComparison.Ordinal));
        Assert.NotEqual(before, CollectionScoreboard.Read(folder.Path).ToMime(MimeTypes.Provenance));
    }

    [Fact]
    public void Counts_add_up_and_tables_and_chart_hold_every_claim()
    {
        Assert.Equal(["all", 1, 0, 1, 1, 1, 0, 0], Whole().Counts().Rows[^1]);
        Assert.Equal("BN02-gain", Assert.Single(Whole().Closest(5).Rows)[0]);
        Assert.Equal(1000, (double)Assert.Single(Whole().ClosestExact(5).Rows)[3]!, 6);
        var figure = Whole().Chart("Distances").ToMime(MimeTypes.Plotly)!;
        Assert.All(["BN01-zero", "BN02-gain"], id => Assert.Contains(id, figure, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_notebooks_and_a_file_that_is_none_are_named()
    {
        Assert.Contains(folder.Path, Assert.Throws<DirectoryNotFoundException>(() => CollectionScoreboard.Read(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.Path, "01-broken.ipynb"), "{");
        Assert.Contains("01-broken.ipynb", Assert.Throws<InvalidDataException>(() => CollectionScoreboard.Read(folder.Path)).Message, StringComparison.Ordinal);
    }
}
