using System.Text.Json;

namespace NormLab.Interview;

/// <summary>How one grades one's own answer by the rubric, from worst to best.</summary>
public enum SelfGrade
{
    /// <summary>Less than the junior answer, or a sentence that is popular but wrong.</summary>
    Again,

    /// <summary>The junior answer, or more with long pauses.</summary>
    Hard,

    /// <summary>The senior answer.</summary>
    Good,

    /// <summary>The senior answer without effort, and what the probe asks for.</summary>
    Easy,
}

/// <summary>Names and meanings of the grades.</summary>
public static class SelfGrades
{
    /// <summary>again, hard, good or easy.</summary>
    public static string Name(this SelfGrade grade) => JsonNamingPolicy.KebabCaseLower.ConvertName(grade.ToString());

    /// <summary>What an answer of this grade is, in terms of the rubric.</summary>
    public static string Meaning(this SelfGrade grade) => grade switch
    {
        SelfGrade.Again => "less than the junior answer, or a sentence that is popular but wrong",
        SelfGrade.Hard => "the junior answer, or more with long pauses",
        SelfGrade.Good => "the senior answer",
        _ => "the senior answer without effort, and what the probe asks for",
    };
}
