using System.Text.Json.Nodes;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Channels;

/// <summary>Asks the front end that runs a cell for a line of text: one question at a time, each with an answer of its own.</summary>
public sealed class InputChannel(FrontEnd frontEnd) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private volatile TaskCompletionSource<string>? question;

    /// <summary>Takes what came on the stdin channel; an answer that no question waits for is nobody's.</summary>
    public void Add(JupyterMessage message)
    {
        if (message.Type == "input_reply" && message.Content["value"] is JsonValue value && value.TryGetValue<string>(out var text))
            question?.TrySetResult(text);
    }

    /// <exception cref="InvalidOperationException">The front end offers no input.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string Ask(JupyterMessage request, string prompt, CancellationToken cancellationToken)
    {
        if (!request.Content.Flag("allow_stdin", otherwise: true))
            throw new InvalidOperationException("The cell asks for input, and the front end that runs it (with allow_stdin = false) has nobody to ask.");

        turn.Wait(cancellationToken);
        try
        {
            var asked = question = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            frontEnd.Reply(Channel.Stdin, request, "input_request", new() { ["prompt"] = prompt, ["password"] = false });
            asked.Task.Wait(cancellationToken);
            return asked.Task.Result;
        }
        finally
        {
            question = null;
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
