using System.Text;
using NormLab.Data;

namespace NormLab.Sequences;

/// <summary>
/// Built-in text for machines without a real one: verses whose sentences come from a small grammar with words of invented syllables.
/// The same characters on every platform.
/// </summary>
internal static class GeneratedText
{
    public const string Name = "generated verses";

    private const int Nouns = 60, Verbs = 40, Adjectives = 30;
    private static readonly string[] Onsets = ["b", "br", "d", "f", "gr", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "ai", "ee", "ou"];
    private static readonly string[] Codas = ["", "n", "r", "l", "th", "st", "m"];
    private static readonly string[] Links = [" and", " but", ",", ";"];

    /// <summary>At least so many characters.</summary>
    public static string Make(int length, ulong seed)
    {
        var random = new SplitMix64(seed);
        var nouns = Words(Nouns, 2, ref random);
        var verbs = Words(Verbs, 1, ref random).Select(verb => $"{verb}s").ToArray();
        var adjectives = Words(Adjectives, 2, ref random);
        var text = new StringBuilder(length + 100);
        while (text.Length < length)
        {
            var speaker = Pick(nouns, ref random);
            text.Append(char.ToUpperInvariant(speaker[0])).Append(speaker.AsSpan(1)).Append(":\n");
            for (var line = 1 + random.Next() % 4; line > 0; line--)
                Line(text, nouns, verbs, adjectives, ref random);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string[] nouns, string[] verbs, string[] adjectives, ref SplitMix64 random)
    {
        text.Append("The ").Append(Phrase(nouns, adjectives, ref random)).Append(' ').Append(Pick(verbs, ref random));
        if (random.Next() % 2 == 0)
            text.Append(" the ").Append(Phrase(nouns, adjectives, ref random));
        if (random.Next() % 3 == 0)
            text.Append(Pick(Links, ref random)).Append(" it ").Append(Pick(verbs, ref random));
        text.Append(random.Next() % 5 == 0 ? "!\n" : ".\n");
    }

    private static string Phrase(string[] nouns, string[] adjectives, ref SplitMix64 random) =>
        random.Next() % 2 == 0 ? Pick(nouns, ref random) : $"{Pick(adjectives, ref random)} {Pick(nouns, ref random)}";

    // The smaller of two draws: some words are common, most are rare.
    private static string Pick(string[] words, ref SplitMix64 random) =>
        words[Math.Min(random.Next() % (ulong)words.Length, random.Next() % (ulong)words.Length)];

    private static string[] Words(int count, int syllables, ref SplitMix64 random)
    {
        var words = new string[count];
        for (var i = 0; i < count; i++)
        {
            var word = new StringBuilder();
            for (var syllable = 0; syllable < syllables; syllable++)
                word.Append(Onsets[random.Next() % (ulong)Onsets.Length]).Append(Vowels[random.Next() % (ulong)Vowels.Length]);
            words[i] = word.Append(Codas[random.Next() % (ulong)Codas.Length]).ToString();
        }

        return words;
    }
}
