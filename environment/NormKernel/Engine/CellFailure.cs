namespace NormKernel.Engine;

/// <summary>What went wrong in a cell: the error's name, its message, and lines to show.</summary>
public sealed record CellFailure(string Name, string Message, IReadOnlyList<string> Lines)
{
    public const string InterruptedName = "Interrupted";

    public static CellFailure Interrupted(string? remark = null)
    {
        var message = remark is null ? "The cell was interrupted." : $"The cell was interrupted. {remark}";
        return new(InterruptedName, message, [message]);
    }
}
