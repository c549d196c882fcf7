using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Channels;

/// <summary>Asks the front end that runs a cell for a line of text.</summary>
public sealed class InputChannel(FrontEnd frontEnd)
{
    private readonly BlockingCollection<string> answers = [];

    /// <summary>Takes what came on the stdin channel.</summary>
    public void Add(JupyterMessage message)
    {
        if (message.Type == "input_reply" && message.Content["value"] is JsonValue value && value.TryGetValue<string>(out var text))
            answers.Add(text);
    }

    /// <exception cref="InvalidOperationException">The front end offers no input.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string Ask(JupyterMessage request, string prompt, CancellationToken cancellationToken)
    {
        if (!request.Content.Flag("allow_stdin", otherwise: true))
            throw new InvalidOperationException("The cell asks for input, and the front end that runs it (with allow_stdin = false) has nobody to ask.");

        // Answers to a question that was interrupted are not for this one.
        while (answers.TryTake(out _))
        {
        }

        frontEnd.Reply(Channel.Stdin, request, "input_request", new() { ["prompt"] = prompt, ["password"] = false });
        return answers.Take(cancellationToken);
    }
}
