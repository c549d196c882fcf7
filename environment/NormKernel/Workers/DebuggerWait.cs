using System.Diagnostics;

namespace NormKernel.Workers;

/// <summary>Lets a debugger attach to the process that runs a notebook's cells before the first of them runs.</summary>
public static class DebuggerWait
{
    /// <summary>Set to 1, it makes each worker wait for a debugger, for two minutes at most.</summary>
    public const string Variable = "NORM_DEBUG";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static void IfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
            return;

        for (var waited = Stopwatch.StartNew(); !Debugger.IsAttached && waited.Elapsed < Longest;)
            Thread.Sleep(100);
    }
}
