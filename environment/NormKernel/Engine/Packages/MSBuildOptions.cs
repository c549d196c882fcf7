namespace NormKernel.Engine.Packages;

/// <summary>How the engine calls MSBuild: quietly, without questions to a server that no cell waits for, and without helper processes that outlive the call and hold its output open.</summary>
public static class MSBuildOptions
{
    public static IReadOnlyList<string> All { get; } =
        ["-nologo", "-verbosity:quiet", "-consoleLoggerParameters:NoSummary", "-terminalLogger:off", "-nodeReuse:false", "-property:UseSharedCompilation=false", "-property:NuGetAudit=false"];
}
