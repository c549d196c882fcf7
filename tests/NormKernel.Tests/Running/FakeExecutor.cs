using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NormKernel.Running;
using NormKernel.Workers;

namespace NormKernel.Tests.Running;

/// <summary>Stands in for the process that runs C#: its cells are made of lines such as <c>print text</c> or <c>fail message</c>.</summary>
public sealed class FakeExecutor(string folder, IReadOnlyDictionary<string, string>? environment = null) : ICellExecutor
{
    public string Folder { get; } = folder;

    public bool IsDisposed { get; private set; }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<CellEvent> Execute(CellRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var line in request.Source.Split('\n'))
        {
            var (word, rest) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank ? (line[..blank], line[(blank + 1)..]) : (line, "");
            if (word == "hang")
                await Task.Delay(Timeout.Infinite, cancellationToken);
            if (word == "stuck")
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            if (word == "die")
                yield break;
            if (EventOf(word, rest, request.Cell) is { } cellEvent)
                yield return cellEvent;
            if (word == "fail")
            {
                yield return new CellFinished(request.Cell, Ok: false);
                yield break;
            }
        }

        yield return new CellFinished(request.Cell, Ok: true);
    }

    private CellEvent? EventOf(string word, string rest, int cell) => word switch
    {
        "print" => new CellText(cell, "stdout", rest + "\n"),
        "environment" => new CellText(cell, "stdout", environment?.GetValueOrDefault(rest) + "\n"),
        "result" => new CellResult(cell, new JsonObject { ["text/plain"] = rest }),
        "json" => new CellDisplay(cell, JsonNode.Parse(rest)!.AsObject(), [], null, Update: false),
        "fail" => new CellError(cell, "System.Exception", rest, [$"System.Exception: {rest}", $"   at cell {cell}, line 1"]),
        "passes" => Check(cell, rest, passed: true),
        "breaks" => Check(cell, rest, passed: false),
        _ => null,
    };

    private static CellDisplay Check(int cell, string name, bool passed) => new(
        cell,
        new JsonObject
        {
            [NormKernel.Notebooks.Check.Mime] = new JsonObject
            {
                ["checks"] = new JsonArray(new JsonObject { ["name"] = name, ["passed"] = passed, ["message"] = $"about {name}" }),
            },
        },
        [],
        null,
        Update: false);
}
