using System.Globalization;

namespace NormLab;

/// <summary>What environment variables decide about a notebook.</summary>
internal static class LabSettings
{
    private const int DefaultThreads = 2;

    public static Profile Profile => Environment.GetEnvironmentVariable("NORM_PROFILE") switch
    {
        null or "" or "default" => Profile.Default,
        "full" => Profile.Full,
        var other => throw new InvalidOperationException($"NORM_PROFILE is '{other}'; it is default or full."),
    };

    public static int Threads => Environment.GetEnvironmentVariable("NORM_THREADS") switch
    {
        null or "" => DefaultThreads,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads > 0 => threads,
        var text => throw new InvalidOperationException($"NORM_THREADS is '{text}'; it is a whole number from 1 on, the number of threads of libtorch."),
    };
}
