namespace NormKernel.Workers;

/// <summary>Says why a worker is gone, as far as its exit code and its last words tell.</summary>
public static class UnexpectedEnd
{
    public static CellError Error(int cell, int exitCode, string lastWords)
    {
        var message = $"the process that ran this notebook ended unexpectedly: {Cause(exitCode, lastWords)}";
        return new(cell, "WorkerEnded", message, [message]);
    }

    private static string Cause(int exitCode, string lastWords)
    {
        if (lastWords.Contains("Stack overflow", StringComparison.Ordinal))
            return $"stack overflow, endless recursion most likely ({Code(exitCode)})";
        if (lastWords.Contains("Unhandled exception", StringComparison.Ordinal))
            return $"an exception that nothing caught, on a thread the notebook started ({Code(exitCode)})";

        return Code(exitCode);
    }

    // Unix reports a signal as 128 and its number; Windows reports a status.
    private static string Code(int exitCode) => exitCode switch
    {
        129 => "SIGHUP, the terminal closed",
        130 => "SIGINT, interrupted",
        132 => "SIGILL, an instruction this processor lacks",
        134 => "SIGABRT, aborted by the runtime or by native code",
        136 => "SIGFPE, an arithmetic fault in native code",
        137 => "SIGKILL, killed from outside, out of memory perhaps",
        139 => "SIGSEGV, an invalid memory access in native code",
        143 => "SIGTERM, asked to end",
        unchecked((int)0xC00000FD) => "stack overflow",
        unchecked((int)0xC0000005) => "an invalid memory access in native code",
        _ => $"exit code {exitCode}",
    };
}
