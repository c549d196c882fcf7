namespace MockInterview.Commands;

/// <summary>What the program's exit status means.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>The questions or the history could not be read or written.</summary>
    public const int Failure = 1;

    /// <summary>The command line made no sense.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C or SIGTERM; the shells' number for it.</summary>
    public const int Interrupted = 130;
}
