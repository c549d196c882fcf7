using System.Collections.Immutable;

namespace NormLab.Exercises;

/// <summary>One thing that is wrong with an answer.</summary>
/// <param name="Name">The name of the misconception; "unknown" or "no answer" where there is none.</param>
/// <param name="Parts">Which outputs it spoils.</param>
/// <param name="Text">Why it is wrong, in one or two sentences.</param>
/// <param name="Reread">Where that is derived, or null.</param>
public sealed record Finding(string Name, ImmutableArray<string> Parts, string Text, Reading? Reread)
{
    /// <summary>The name of a finding that fits no misconception.</summary>
    public const string UnknownName = "unknown";

    /// <summary>The name of a finding about something that cannot be compared: an exception, null, another type.</summary>
    public const string RefusedName = "no answer";

    internal static Finding Of(Misconception misconception, IEnumerable<string> parts) =>
        new(misconception.Name, [.. parts], misconception.Why, misconception.Reread);

    internal static Finding Unknown(string part, string difference) =>
        new(UnknownName, [part], $"Wrong, and not in a way that is known here: {difference}.", null);

    internal static Finding Refused(string text) => new(RefusedName, [], text, null);
}
