using System.Collections;
using System.Globalization;
using NormKernel.Engine.Displays;

namespace NormKernel.Tests.Engine.Displays;

public sealed class PlainTextTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { "text", "text" },
        { 'c', "c" },
        { true, "True" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { 0.1f, "0.1" },
        { double.NaN, "NaN" },
        { 1234.5m, "1234.5" },
        { new DateTime(2024, 2, 3, 4, 5, 6), "2024-02-03 04:05:06" },
        { DayOfWeek.Friday, "Friday" },
        { typeof(Dictionary<string, int[]>), "Dictionary<string, int[]>" },
        { (1, "a", (2.5, 'b')), "(1, \"a\", (2.5, 'b'))" },
        { new[] { 1.5, 2 }, "[1.5, 2]" },
        { Array.Empty<int>(), "[]" },
        { new List<string?> { "a", null }, "[\"a\", null]" },
        { new[,] { { 1, 2 }, { 3, 4 } }, "[[1, 2],\n [3, 4]]" },
        { new[] { new[] { 1 }, [2, 3] }, "[[1], [2, 3]]" },
        { new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, "{ \"a\": 1, \"b\": 2 }" },
        { new Hashtable { ["a"] = 1 }, "{ \"a\": 1 }" },
        { new KeyValuePair<string, int>("a", 1), "\"a\": 1" },
        { new Point(1.5, [1, 2]), "Point { X = 1.5, Ys = [1, 2] }" },
        { new Pair(1, 2), "Pair { A = 1, B = 2 }" },
        { new { Name = "n", Value = 0.5 }, "{ Name = \"n\", Value = 0.5 }" },
        { Enumerable.Range(0, 1000).ToArray(), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, … (1000 items)]" },
        { Endless(), "[7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, … (more)]" },
        { new Version(1, 2), "1.2" },
        { new List<object>().GetType().GetMethod("Clear")!, "Void Clear()" },
        { new object(), "object" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_short_and_readable(object? value, string text) => Assert.Equal(text, PlainText.Of(value));

    [Fact]
    public void The_culture_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";
            Assert.Equal("[1.5, Point { X = 2.5, Ys = [] }]", PlainText.Of(new object[] { 1.5, new Point(2.5, []) }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_very_long_text_is_cut() => Assert.EndsWith("… (500000 characters)", PlainText.Of(new string('x', 500_000)), StringComparison.Ordinal);

    [Fact]
    public void Nesting_that_never_ends_is_cut()
    {
        var loop = new List<object>();
        loop.Add(loop);
        Assert.Equal("[[[[[…]]]]]", PlainText.Of(loop));
    }

    private static IEnumerable<int> Endless()
    {
        while (true)
            yield return 7;
    }

    private sealed record Point(double X, int[] Ys);

    private readonly record struct Pair(int A, int B);
}
