using NormKernel.Engine.Outputs;

namespace NormKernel.Engine.InCells;

/// <summary>What cells can ask of the front end that runs them.</summary>
public static class Kernel
{
    /// <summary>Asks the user for a line of text.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked: a headless run, or a front end without input.</exception>
    public static Task<string> GetInputAsync(string prompt = "")
    {
        if (CellOutput.Current is not { CanAsk: true } output)
            throw new InvalidOperationException("The cell asks for input, and there is nobody to ask: notebooks that are run as a whole cannot ask questions.");

        return Task.FromResult(output.Ask(prompt));
    }
}
