using System.Text.RegularExpressions;
using NormLab.Claims;
using NormLab.Rendering;

namespace NormLab.Interview;

/// <summary>What is often said and does not hold, each sentence beside the claims that measured it.</summary>
public static partial class PopularSentences
{
    /// <summary>One row for each claim that the correction of a quoted sentence links to.</summary>
    /// <param name="bank">The questions, whose lists of wrong sentences are read: items that begin with a quotation.</param>
    /// <param name="claims">What was measured.</param>
    /// <exception cref="InvalidDataException">A correction links to a claim that has no record.</exception>
    public static Table Of(QuestionBank bank, CollectionScoreboard claims)
    {
        ArgumentNullException.ThrowIfNull(bank);
        ArgumentNullException.ThrowIfNull(claims);
        var records = claims.Records.ToDictionary(record => record.Id);
        var rows = bank.Questions.SelectMany(question => Rows(question, records)).ToArray();
        return Table.Of(rows,
            ("sentence", row => row.Sentence),
            ("claim", row => row.Claim.Id),
            ("which says", row => row.Claim.Statement),
            ("verdict", row => row.Claim.Verdict.ToString().ToLowerInvariant()),
            ("measured", row => row.Claim.Evidence));
    }

    private static IEnumerable<(string Sentence, ClaimRecord Claim)> Rows(InterviewQuestion question, Dictionary<string, ClaimRecord> records) =>
        from item in Items().Matches(question.PopularButWrong)
        from id in Ids().Matches(item.Groups["correction"].Value).Select(match => match.Value).Distinct()
        select (item.Groups["sentence"].Value, records.TryGetValue(id, out var record) ? record
            : throw new InvalidDataException($"Question {question.Number}, \"{question.Title}\", corrects a sentence with {id}, of which no notebook holds a record: run the notebook that measures it."));

    [GeneratedRegex("""^- "(?<sentence>[^"]+)"(?<correction>.*?)(?=^- |\z)""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Items();

    [GeneratedRegex(@"(?<=\[)BN\d\d-[a-z0-9-]+")]
    private static partial Regex Ids();
}
