using System.Diagnostics;

namespace NormKernel.Engine.Execution;

/// <summary>A run-time error as a notebook shows it: types, messages, and of the stack what the reader wrote.</summary>
public static class ExceptionText
{
    public static CellFailure Failure(Exception exception)
    {
        var lines = new List<string>();
        for (var current = exception; current is not null; current = current.InnerException)
        {
            lines.Add($"{(current == exception ? "" : "caused by ")}{current.GetType().FullName}: {current.Message}");
            lines.AddRange(new StackTrace(current, fNeedFileInfo: true).GetFrames().Select(StackLine.Of).OfType<string>());
        }

        return new(exception.GetType().FullName!, exception.Message, lines);
    }
}
