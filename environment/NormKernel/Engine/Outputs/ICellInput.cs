namespace NormKernel.Engine.Outputs;

/// <summary>A sink that can also ask the user: a headless run cannot.</summary>
public interface ICellInput
{
    /// <summary>Waits for a line of text, without its line end.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    string Ask(string prompt, CancellationToken cancellationToken);
}
