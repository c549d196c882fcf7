using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NormKernel.Notebooks.Json;

namespace NormKernel.Tests.Notebooks.Json;

public class PythonJsonTests
{
    // anything.out.json: json.dumps(json.load(anything.in.json), sort_keys=True, indent=1, ensure_ascii=False) + "\n" of Python 3.11.
    [Fact]
    public void Any_value_is_written_with_the_bytes_of_Python()
    {
        var value = JsonNode.Parse(File.ReadAllBytes(Fixture.PathOf("anything.in.json")));

        var written = Encoding.UTF8.GetBytes(PythonJson.Write(value) + "\n");

        Assert.Equal(File.ReadAllBytes(Fixture.PathOf("anything.out.json")), written);
    }

    // doubles.txt: the bits of a double and what json.dumps writes for it, edge cases and random ones.
    [Fact]
    public void Doubles_are_written_with_the_digits_of_Python()
    {
        foreach (var line in File.ReadLines(Fixture.PathOf("doubles.txt")))
        {
            var (bits, expected) = (line[..16], line[17..]);
            var number = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            Assert.Equal(expected, PythonNumber.Write(number));
        }
    }

    [Theory]
    [InlineData("1E-05", "1e-05")]
    [InlineData("1.50", "1.5")]
    [InlineData("1E2", "100.0")]
    [InlineData("-0", "0")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void A_number_from_a_file_is_written_as_Python_would_after_reading_it(string json, string expected) =>
        Assert.Equal(expected, PythonJson.Write(JsonNode.Parse(json)));

    [Fact]
    public void Numbers_made_here_are_written_like_numbers_from_a_file()
    {
        var values = new JsonArray(0.1f, 1e-5, 7, long.MaxValue, 2.5m);

        Assert.Equal("[\n 0.1,\n 1e-05,\n 7,\n 9223372036854775807,\n 2.5\n]", PythonJson.Write(values));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_JSON_cannot_hold_is_refused(double number)
    {
        Assert.Throws<ArgumentException>(() => PythonNumber.Write(number));
        Assert.Throws<ArgumentException>(() => PythonJson.Write(JsonValue.Create(number)));
    }

    [Fact]
    public void A_number_beyond_double_is_refused_instead_of_written_as_infinity() =>
        Assert.Throws<ArgumentException>(() => PythonJson.Write(JsonNode.Parse("1e400")));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character_in_bytes()
    {
        var text = PythonJson.Write(JsonValue.Create("a\ud83d"));

        Assert.Equal("\"a\ufffd\""u8.ToArray(), Encoding.UTF8.GetBytes(text));
    }
}
