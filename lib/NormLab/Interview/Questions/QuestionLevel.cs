using System.Text.Json;

namespace NormLab.Interview;

/// <summary>Where in an interview a question comes.</summary>
public enum QuestionLevel
{
    /// <summary>Asked in every interview on the subject.</summary>
    Core,

    /// <summary>Asked after a core question was answered.</summary>
    FollowUp,

    /// <summary>Asked of those who work on the subject.</summary>
    Expert,
}

/// <summary>The names of levels, as questions and command lines write them.</summary>
public static class QuestionLevels
{
    /// <summary>core, follow-up or expert.</summary>
    public static string Name(this QuestionLevel level) => JsonNamingPolicy.KebabCaseLower.ConvertName(level.ToString());

    /// <summary>The level of a name, or null where it is the name of none.</summary>
    public static QuestionLevel? Find(string name) =>
        Enum.GetValues<QuestionLevel>().Where(level => level.Name() == name).Select(level => (QuestionLevel?)level).FirstOrDefault();
}
