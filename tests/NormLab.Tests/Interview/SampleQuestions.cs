using System.Text.Json.Nodes;
using NormLab.Interview;

namespace NormLab.Tests.Interview;

/// <summary>Notebooks with questions, made for a test.</summary>
internal static class SampleQuestions
{
    public static string Cell(int number, string topic, string level = "core") => $"""
        ## {number}. What is {topic}?

        > "Tell me about {topic}.
        > And why?"

        *Topic: {topic} · level: {level}*

        <details><summary>30 seconds</summary>

        Short answer to {topic}, see [BN01-mean](01-how.ipynb).

        </details>

        <details><summary>2 minutes</summary>

        Long answer to {topic}: $\hat x = (x-\mu)/\sigma$.

        </details>

        <details><summary>Whiteboard</summary>

        $$y = \gamma \hat x + \beta$$

        </details>

        <details><summary>Popular, but wrong</summary>

        - "It is magic." It is arithmetic, [BN02-magic](02-does.ipynb) fails.

        </details>

        <details><summary>Rubric</summary>

        - **Junior:** names {topic}.
        - **Senior:** derives it,
          in steps.
        - **Research:** doubts it.
        - **Probe:** "When not?"

        </details>
        """;

    public static string Write(string folder, params string[] markdown)
    {
        var cells = markdown.Select(text => (JsonNode)new JsonObject
        {
            ["cell_type"] = "markdown",
            ["source"] = new JsonArray([.. text.Split('\n').Select(line => JsonValue.Create(line + "\n"))]),
        });
        var code = new JsonObject { ["cell_type"] = "code", ["source"] = "## 1. no question" };
        var path = Path.Combine(folder, "12-questions.ipynb");
        File.WriteAllText(path, new JsonObject { ["cells"] = new JsonArray([code, .. cells]) }.ToJsonString());
        return path;
    }

    /// <summary>Four questions: alpha and beta are core, gamma is a follow-up, delta is for experts.</summary>
    public static QuestionBank Bank()
    {
        using var folder = new TemporaryFolder();
        return QuestionBank.Load(Write(folder.Path, "# Title", Cell(1, "alpha"), Cell(2, "delta", "expert"), Cell(3, "beta"), Cell(4, "gamma", "follow-up")));
    }
}
