using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Site.Outputs;

namespace NormKernel.Tests.Site;

/// <summary>Notebooks for tests, built cell by cell.</summary>
public sealed class SampleNotebook
{
    /// <summary>One transparent pixel.</summary>
    public const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private readonly JsonArray cells = [];

    public SampleNotebook Markdown(string source)
    {
        cells.Add(new JsonObject { ["cell_type"] = "markdown", ["id"] = $"cell-{cells.Count}", ["metadata"] = new JsonObject(), ["source"] = source });
        return this;
    }

    public SampleNotebook Code(string source, params JsonObject[] outputs) => Code(source, executionCount: 1, outputs);

    public SampleNotebook CodeNotRun(string source) => Code(source, executionCount: null);

    private SampleNotebook Code(string source, int? executionCount, params JsonObject[] outputs)
    {
        cells.Add(new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = $"cell-{cells.Count}",
            ["metadata"] = new JsonObject(),
            ["execution_count"] = executionCount,
            ["source"] = source,
            ["outputs"] = new JsonArray([.. outputs]),
        });
        return this;
    }

    public Notebook Build() => new(new JsonObject { ["cells"] = cells.DeepClone(), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 });

    public string WriteTo(TestFolder folder, string path) => folder.Write(path, Build().Json.ToJsonString());

    public static JsonObject Stream(string text, string name = "stdout") => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    public static JsonObject Error(string name, string message, params string[] traceback) => new()
    {
        ["output_type"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]),
    };

    public static JsonObject Display(params (string Mime, JsonNode Content)[] bundle) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject(bundle.Select(entry => KeyValuePair.Create(entry.Mime, (JsonNode?)entry.Content))),
    };

    public static JsonObject Chart(string title, int height = 450) => Display((Mime.Plotly, Figure(title, height)));

    public static JsonObject ChartWithPicture(string title, string png = Png) => Display((Mime.Plotly, Figure(title)), (Mime.Png, png));

    public static JsonObject Checks(params (string Name, bool Passed)[] checks) => Display((Check.Mime, new JsonObject
    {
        ["checks"] = new JsonArray([.. checks.Select(check => new JsonObject { ["name"] = check.Name, ["passed"] = check.Passed, ["message"] = "largest difference 0" })]),
    }));

    public static JsonObject Claim(
        string id, double value, double atMost, string kind = "identity", string verdict = "holds", (double Low, double High)? interval = null) =>
        Display((Check.Mime, new JsonObject
        {
            ["checks"] = new JsonArray(new JsonObject
            {
                ["name"] = id,
                ["passed"] = true,
                ["message"] = "about it",
                ["kind"] = kind,
                ["statement"] = $"What {id} says < is this",
                ["statistic"] = new JsonObject { ["name"] = "largest difference", ["value"] = value },
                ["interval"] = interval is { } ends ? new JsonObject { ["low"] = ends.Low, ["high"] = ends.High, ["level"] = 0.95 } : null,
                ["threshold"] = new JsonObject { ["relation"] = "at most", ["value"] = atMost },
                ["verdict"] = verdict,
                ["stated"] = verdict,
            }),
        }));

    public static JsonObject Figure(string title, int height = 450) => new()
    {
        ["data"] = new JsonArray(new JsonObject { ["type"] = "scatter", ["x"] = new JsonArray(0, 1, 2), ["y"] = new JsonArray(0, 1, 4) }),
        ["layout"] = new JsonObject { ["title"] = new JsonObject { ["text"] = title }, ["height"] = height },
    };
}
