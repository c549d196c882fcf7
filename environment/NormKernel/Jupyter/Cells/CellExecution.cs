using System.Text.Json.Nodes;
using NormKernel.Engine;
using NormKernel.Engine.Outputs;
using NormKernel.Jupyter.Channels;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Cells;

/// <summary>Runs the cells of execute_request messages, one at a time.</summary>
/// <param name="session">The notebook's session, once it is ready.</param>
/// <param name="frontEnd">Hears of inputs, outputs, values and errors.</param>
/// <param name="input">Asks what cells want to know.</param>
/// <param name="history">Remembers cells.</param>
/// <param name="end">Called where a cell can be stopped only by ending the process.</param>
public sealed class CellExecution(Task<CSharpSession> session, FrontEnd frontEnd, InputChannel input, InputHistory history, Action end)
{
    private volatile RunningCell? running;

    /// <summary>The number of the last cell that was to be remembered.</summary>
    public int Count { get; private set; }

    /// <summary>Runs a cell to its end and returns the reply, which is yet to be sent.</summary>
    public JsonObject Execute(JupyterMessage request)
    {
        var code = request.Content.Text("code");
        var silent = request.Content.Flag("silent", otherwise: false);
        var remember = !silent && request.Content.Flag("store_history", otherwise: true);
        if (remember)
            history.Add(++Count, code);
        if (!silent)
            frontEnd.Publish(request, "execute_input", new() { ["code"] = code, ["execution_count"] = Count });

        var (outcome, expressions) = Run(request, code, silent);
        if (!silent)
            Publish(request, outcome);
        var reply = outcome.Failure is { } failure ? ReplyContent.Error(failure) : ReplyContent.Ok();
        reply["execution_count"] = Count;
        if (outcome.Ok)
            (reply["user_expressions"], reply["payload"]) = (expressions, new JsonArray());
        return reply;
    }

    /// <summary>Stops the cell in work, if there is one.</summary>
    public void Interrupt() => running?.Interrupt();

    private (CellOutcome Outcome, JsonObject Expressions) Run(JupyterMessage request, string code, bool silent)
    {
        var cell = new RunningCell(end);
        cell.Sink = silent ? NoOutput.Instance : new FrontEndSink(frontEnd, input, request);
        running = cell;
        try
        {
            var ready = session.GetAwaiter().GetResult();
            var outcome = ready.Execute($"cell {Count}", code, cell.Sink, cell.Token);
            return (outcome, outcome.Ok ? Expressions(ready, request, cell.Token) : []);
        }
        finally
        {
            running = null;
            cell.Ended.SetResult();
        }
    }

    private static JsonObject Expressions(CSharpSession session, JupyterMessage request, CancellationToken cancellationToken)
    {
        var results = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            var outcome = session.Execute($"expression {name}", expression?.ToString() ?? "", NoOutput.Instance, cancellationToken);
            results[name] = outcome.Failure is { } failure
                ? ReplyContent.Error(failure)
                : new JsonObject { ["status"] = "ok", ["data"] = outcome.Value ?? [], ["metadata"] = new JsonObject() };
        }

        return results;
    }

    private void Publish(JupyterMessage request, CellOutcome outcome)
    {
        if (outcome.Failure is { } failure)
            frontEnd.Publish(request, "error", ReplyContent.Failure(failure));
        if (outcome.Value is { } value)
            frontEnd.Publish(request, "execute_result", new() { ["execution_count"] = Count, ["data"] = ChartFragment.AddTo(value), ["metadata"] = new JsonObject() });
    }
}
