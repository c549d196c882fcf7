using System.Text.Json.Serialization;

namespace NormLab.Interview;

/// <summary>How long an answer is to be.</summary>
public enum AnswerDepth
{
    /// <summary>The answer in one breath.</summary>
    [JsonStringEnumMemberName("30s")]
    ThirtySeconds,

    /// <summary>The answer that an interview usually leaves time for.</summary>
    [JsonStringEnumMemberName("2min")]
    TwoMinutes,

    /// <summary>The answer with formulas, at a board.</summary>
    [JsonStringEnumMemberName("whiteboard")]
    Whiteboard,
}

/// <summary>Titles and goals of the depths.</summary>
public static class AnswerDepths
{
    /// <summary>The title of the answer in a question's notebook cell.</summary>
    public static string Title(this AnswerDepth depth) => depth switch
    {
        AnswerDepth.ThirtySeconds => "30 seconds",
        AnswerDepth.TwoMinutes => "2 minutes",
        _ => "Whiteboard",
    };

    /// <summary>The time within which the answer should be given.</summary>
    public static TimeSpan Goal(this AnswerDepth depth) => depth switch
    {
        AnswerDepth.ThirtySeconds => TimeSpan.FromSeconds(30),
        AnswerDepth.TwoMinutes => TimeSpan.FromMinutes(2),
        _ => TimeSpan.FromMinutes(5),
    };
}
