namespace NormKernel.Engine;

/// <summary>A failure that is the cell's and not the engine's: a bad directive, a package that cannot be had, code that does not compile.</summary>
public sealed class CellException(CellFailure failure) : Exception(failure.Message)
{
    public CellException(string name, string message)
        : this(new CellFailure(name, message, [$"{name}: {message}"]))
    {
    }

    public CellFailure Failure { get; } = failure;
}
