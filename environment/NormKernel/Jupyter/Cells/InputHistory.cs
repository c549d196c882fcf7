using System.Text.RegularExpressions;

namespace NormKernel.Jupyter.Cells;

/// <summary>The cells of this session that were to be remembered, with their numbers.</summary>
public sealed class InputHistory
{
    /// <summary>The only session there is: nothing outlives the kernel.</summary>
    public const int Session = 1;

    private readonly List<(int Line, string Code)> inputs = [];

    public void Add(int line, string code) => inputs.Add((line, code));

    public IEnumerable<(int Line, string Code)> Tail(int count) => inputs.TakeLast(count);

    /// <param name="session">0 means the current one, as its own number does.</param>
    /// <param name="start">The first line.</param>
    /// <param name="stop">The line after the last one, or null for all that follow.</param>
    public IEnumerable<(int Line, string Code)> Range(int session, int start, int? stop) =>
        session is 0 or Session ? inputs.Where(input => input.Line >= start && (stop is null || input.Line < stop)) : [];

    /// <param name="pattern">The whole input, where * stands for any text and ? for one character.</param>
    /// <param name="count">At most so many, the last ones, or null for all.</param>
    /// <param name="unique">Of equal inputs only the last.</param>
    public IEnumerable<(int Line, string Code)> Search(string pattern, int? count, bool unique)
    {
        var expression = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal);
        var glob = new Regex($@"\A{expression}\z", RegexOptions.Singleline | RegexOptions.NonBacktracking);
        var found = inputs.Where(input => glob.IsMatch(input.Code));
        if (unique)
            found = found.Reverse().DistinctBy(input => input.Code).Reverse();
        return count is { } most ? found.TakeLast(most) : found;
    }
}
