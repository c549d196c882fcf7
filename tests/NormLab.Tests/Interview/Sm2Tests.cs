using NormLab.Interview;

namespace NormLab.Tests.Interview;

public class Sm2Tests
{
    // By hand: easy adds 0.1 to EF, good nothing, hard takes 0.14, again nothing; fractions of a day are rounded up.
    [Theory]
    [InlineData("GGGGG", "1 6 15 38 95", 2.50)]        // 15, 37.5, 95
    [InlineData("EEEE", "1 6 17 50", 2.90)]            // 6·2.8 = 16.8, 17·2.9 = 49.3
    [InlineData("HHHH", "1 6 13 26", 1.94)]            // 6·2.08 = 12.48, 13·1.94 = 25.22
    [InlineData("GGAGGG", "1 6 1 1 6 15", 2.50)]       // again: from the beginning, EF stays
    [InlineData("EHGG", "1 6 15 37", 2.46)]            // EF 2.6, 2.46: 6·2.46 = 14.76, 15·2.46 = 36.9
    [InlineData("HHHHHHHHH", "1 6 13 26 47 79 121 167 218", 1.30)] // 26·1.8 = 46.8, 47·1.66 = 78.02, 79·1.52, 121·1.38, 167·1.3: EF stays at 1.3 or above
    [InlineData("AA", "1 1", 2.50)]
    public void Intervals_are_those_of_the_thesis(string grades, string intervals, double easiness)
    {
        var states = new List<Sm2> { Sm2.New };
        foreach (var letter in grades)
            states.Add(states[^1].After(Enum.GetValues<SelfGrade>().Single(grade => $"{grade}"[0] == letter)));

        Assert.Equal(intervals, string.Join(' ', states.Skip(1).Select(state => state.IntervalDays)));
        Assert.Equal((decimal)easiness, states[^1].Easiness);
    }

    [Fact]
    public void A_question_that_is_always_easy_keeps_a_date_that_exists()
    {
        var state = Enumerable.Repeat(SelfGrade.Easy, 200).Aggregate(Sm2.New, (state, grade) => state.After(grade));
        Assert.Equal(36_500, state.IntervalDays);
    }

    [Fact]
    public void A_grade_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sm2.New.After((SelfGrade)4));
}
