using System.Text.Json.Nodes;
using NormKernel.Commands;
using NormKernel.Engine;
using NormKernel.Engine.Completion;
using NormKernel.Jupyter.Cells;
using NormKernel.Jupyter.Channels;
using NormKernel.Jupyter.Requests;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter;

/// <summary>A notebook's kernel: Jupyter's wire protocol on one side, a C# session on the other.</summary>
public sealed class JupyterKernel : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A front end that runs all cells sends them within this time of one another.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly Task<CSharpSession> session;
    private readonly InputHistory history = new();
    private readonly InputChannel input;
    private readonly CellExecution cells;
    private readonly RequestLoop shell;
    private readonly RequestLoop control;
    private readonly KernelSockets sockets;
    private readonly TaskCompletionSource<int> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="connection">Where to listen.</param>
    /// <param name="baseDirectory">The notebook's folder.</param>
    /// <exception cref="IOException">A port cannot be had.</exception>
    public JupyterKernel(ConnectionFile connection, string baseDirectory)
    {
        var format = new WireFormat(connection.Key);
        var frontEnd = new FrontEnd(format, (channel, frames) => sockets!.Send(channel, frames));
        session = Task.Run(() => Start(baseDirectory));
        var assistant = session.ContinueWith(ready => CodeAssistant.Start(ready.Result.Submissions), TaskScheduler.Default);
        input = new InputChannel(frontEnd);
        cells = new CellExecution(session, frontEnd, input, history, () => ending.TrySetResult(ExitCode.Failure));
        var code = new CodeRequests(assistant);
        shell = new RequestLoop(Channel.Shell, frontEnd, new Dictionary<string, Func<JupyterMessage, JsonObject?>>
        {
            ["kernel_info_request"] = _ => KernelInfo.Reply(),
            ["execute_request"] = Execute,
            ["complete_request"] = code.Complete,
            ["inspect_request"] = code.Inspect,
            ["is_complete_request"] = CodeRequests.IsComplete,
            ["history_request"] = request => HistoryRequest.Reply(request, history),
            ["comm_info_request"] = _ => Refusals.Comms(),
            ["comm_open"] = request => Refusals.CommOpen(request, frontEnd),
            ["shutdown_request"] = Shutdown,
        });
        control = new RequestLoop(Channel.Control, frontEnd, new Dictionary<string, Func<JupyterMessage, JsonObject?>>
        {
            ["kernel_info_request"] = _ => KernelInfo.Reply(),
            ["interrupt_request"] = _ => Interrupt(),
            ["shutdown_request"] = Shutdown,
            ["debug_request"] = Refusals.Debug,
            ["create_subshell_request"] = _ => Refusals.Subshell(),
            ["delete_subshell_request"] = _ => Refusals.Subshell(),
            ["list_subshell_request"] = _ => Refusals.Subshell(),
        });
        sockets = new KernelSockets(connection, format, Receive);
        frontEnd.PublishState(request: null, "starting");
        shell.Start();
        control.Start();
    }

    /// <summary>Completed when the kernel is to end, with the exit code: a front end has asked for it, <see cref="End"/> was called, or a cell can be stopped in no other way.</summary>
    public Task<int> Ending => ending.Task;

    /// <summary>Stops the cell in work, if there is one.</summary>
    public JsonObject Interrupt()
    {
        cells.Interrupt();
        return ReplyContent.Ok();
    }

    public void End() => ending.TrySetResult(ExitCode.Success);

    /// <summary>Stops the cell in work, lets replies go out, and closes the sockets.</summary>
    public void Dispose()
    {
        cells.Interrupt();
        control.Stop(Patience);
        shell.Stop(Patience);
        sockets.Dispose();
        input.Dispose();
        if (session.IsCompletedSuccessfully)
            session.Result.Dispose();
    }

    private static CSharpSession Start(string baseDirectory)
    {
        var session = new CSharpSession(baseDirectory);
        session.WarmUp();
        return session;
    }

    private void Receive(Channel channel, JupyterMessage message)
    {
        if (channel == Channel.Stdin)
            input.Add(message);
        else
            (channel == Channel.Shell ? shell : control).Add(message);
    }

    private JsonObject Execute(JupyterMessage request)
    {
        var reply = cells.Execute(request);
        if (reply["status"]!.GetValue<string>() == "error" && request.Content.Flag("stop_on_error", otherwise: true))
            shell.Abort(request.Type, Moment);
        return reply;
    }

    private JsonObject Shutdown(JupyterMessage request)
    {
        var reply = ReplyContent.Ok();
        reply["restart"] = request.Content.Flag("restart", otherwise: false);
        ending.TrySetResult(ExitCode.Success); // Dispose waits for the reply
        return reply;
    }
}
