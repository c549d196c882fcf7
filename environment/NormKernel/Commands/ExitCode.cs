namespace NormKernel.Commands;

/// <summary>What the program's exit status means.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>A notebook, a check or a comparison failed, or something could not be written.</summary>
    public const int Failure = 1;

    /// <summary>The command line made no sense.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C or SIGTERM; the shells' number for it.</summary>
    public const int Interrupted = 130;
}
