namespace NormKernel.Paper.Bibliography;

/// <summary>
/// Reads BibTeX, strictly: entries with fields in braces or as a number, comments as lines that begin with %, nothing else.
/// What is wrong is said with its line, so that a slip does not become a source without a year.
/// </summary>
public sealed class BibReader
{
    private readonly string text;
    private readonly string name;
    private int position;

    private BibReader(string text, string name) => (this.text, this.name) = (text.ReplaceLineEndings("\n"), name);

    /// <exception cref="BibliographyException">Something in the file is no BibTeX, or an entry lacks or doubles something.</exception>
    public static IReadOnlyList<BibEntry> Read(string path) => Parse(File.ReadAllText(path), Path.GetFileName(path));

    /// <param name="text">The file's content.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="BibliographyException">Something in the text is no BibTeX, or an entry lacks or doubles something.</exception>
    public static IReadOnlyList<BibEntry> Parse(string text, string name)
    {
        var reader = new BibReader(text, name);
        var entries = new List<BibEntry>();
        while (reader.SkipToNext())
        {
            var entry = reader.Entry();
            if (BibRules.Problem(entry, entries) is { } problem)
                throw reader.Error(problem, entry.Line);
            entries.Add(entry);
        }

        return entries;
    }

    private BibEntry Entry()
    {
        var line = Line();
        Require('@', "an entry begins with @, a comment with %");
        var type = Word("the type of an entry, as in @article{key,").ToLowerInvariant();
        Require('{', $"the type is followed by a brace, @{type}{{key,");
        var key = Word($"an entry has a key, @{type}{{ioffe2015,");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Take(','))
        {
            if (Peek() == '}')
                break;
            var field = Word($"{key}: a field or the closing brace follows a comma").ToLowerInvariant();
            Require('=', $"{key}: a field is written {field} = {{value}}");
            var start = Line();
            if (!fields.TryAdd(field, Value(key, field)))
                throw Error($"{key} has the field {field} twice", start);
        }

        Require('}', $"{key}: fields are separated by commas, and a brace closes the entry");
        return new BibEntry(type, key, fields, line);
    }

    private string Value(string key, string field)
    {
        if (char.IsAsciiDigit(Peek()))
            return Word("a number");
        var line = Line();
        Require('{', $"{key}: the value of {field} stands in braces, {field} = {{value}}");
        var start = position;
        for (var depth = 1; position < text.Length; position++)
        {
            depth += text[position] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth > 0)
                continue;
            var value = text[start..position++];
            return BibText.Command(value) is { } command
                ? throw Error($"{key}: {command} in {field} is TeX; write the letter itself, the file is UTF-8", line)
                : value;
        }

        throw Error($"{key}: the brace that opens the value of {field} is never closed", line);
    }

    private string Word(string needed)
    {
        SkipSpace();
        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '-' or '_' or ':' or '.' or '/'))
            position++;
        return position > start ? text[start..position] : throw Error($"{Found()}, where {needed} is needed", Line());
    }

    private void Require(char needed, string because)
    {
        if (!Take(needed))
            throw Error($"{Found()}, where {needed} is needed: {because}", Line());
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted)
            return false;
        position++;
        return true;
    }

    private char Peek()
    {
        SkipSpace();
        return position < text.Length ? text[position] : '\0';
    }

    private void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
    }

    private bool SkipToNext()
    {
        while (Peek() == '%')
            position = text.IndexOf('\n', position) is var end && end < 0 ? text.Length : end;
        return position < text.Length;
    }

    private string Found() => position < text.Length ? $"'{text[position]}' stands" : "the file ends";

    private int Line() => text.AsSpan(0, Math.Min(position, text.Length)).Count('\n') + 1;

    private BibliographyException Error(string problem, int line) => new($"{name}, line {line}: {problem}");
}
