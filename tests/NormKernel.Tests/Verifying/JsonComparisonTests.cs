using System.Text.Json.Nodes;
using NormKernel.Verifying;

namespace NormKernel.Tests.Verifying;

public class JsonComparisonTests
{
    [Theory]
    [InlineData("""{"a": [1, 2.0]}""", """{"a": [1.0, 2]}""", "")]
    [InlineData("""{"a": [1, 2]}""", """{"a": [1, 3]}""", "a[1]: 2 → 3")]
    [InlineData("""{"t": "accuracy 93 %"}""", """{"t": "accuracy 94 %"}""", "t: 93 → 94")]
    [InlineData("""{"a": 1}""", """{"b": 1}""", "a: 1 → (missing); b: (missing) → 1")]
    [InlineData("""{"a": [1]}""", """{"a": [1, 2]}""", "a: 1 entries → 2 entries")]
    [InlineData("""{"a": null}""", """{"a": "é"}""", "a: null → \"é\"")]
    [InlineData("""{"a": true}""", """{"a": false}""", "a: true → false")]
    public void Leaves_that_differ_are_found_by_their_path(string committed, string rerun, string found) =>
        Assert.Equal(found, Show(JsonNode.Parse(committed), JsonNode.Parse(rerun)));

    [Theory]
    [InlineData("f4")]
    [InlineData("f8")]
    [InlineData("i4")]
    [InlineData("i2")]
    [InlineData("u1")]
    public void Typed_arrays_are_compared_number_by_number(string dtype)
    {
        Assert.Equal("y[1]: 2 → 3", Show(Array(dtype, 1, 2), Array(dtype, 1, 3)));
        Assert.Equal("", Show(Array(dtype, 1, 2), Array(dtype, 1, 2)));
        Assert.Equal("y: 2 numbers → 1 numbers", Show(Array(dtype, 1, 2), Array(dtype, 1)));
    }

    private static JsonObject Array(string dtype, params byte[] numbers)
    {
        var bytes = numbers.SelectMany(number => dtype switch
        {
            "f4" => BitConverter.GetBytes((float)number),
            "f8" => BitConverter.GetBytes((double)number),
            "i4" => BitConverter.GetBytes((int)number),
            "i2" => BitConverter.GetBytes((short)number),
            _ => [number],
        });
        return new JsonObject { ["y"] = new JsonObject { ["dtype"] = dtype, ["bdata"] = Convert.ToBase64String([.. bytes]) } };
    }

    private static string Show(JsonNode? committed, JsonNode? rerun) =>
        string.Join("; ", JsonComparison.Compare(committed, rerun).Select(difference => $"{difference.Where}: {difference.Old} → {difference.New}"));
}
