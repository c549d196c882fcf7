using System.Globalization;

namespace NormLab.Interview;

/// <summary>Times, days and grades in words.</summary>
public static class Wording
{
    /// <summary>Minutes and seconds: 1:35.</summary>
    public static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");

    /// <summary>When something comes, seen from today: today, tomorrow, in 6 days, on 2026-11-29.</summary>
    public static string When(DateOnly day, DateOnly today)
    {
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (day.DayNumber - today.DayNumber) switch
        {
            -1 => $"yesterday, {date}",
            < 0 and var days => $"{-days} days ago, {date}",
            0 => $"today, {date}",
            1 => $"tomorrow, {date}",
            var days => $"in {days} days, {date}",
        };
    }

    /// <summary>A number with its noun: 1 question, 2 questions.</summary>
    public static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
