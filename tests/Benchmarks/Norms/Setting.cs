using System.CommandLine;
using Benchmarks.Timing;

namespace Benchmarks.Norms;

/// <summary>Where large tensors come from while we measure.</summary>
internal static class Setting
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["kept"] = "the allocator keeps its memory, our buffer pool is off: the kernels alone",
        ["default"] = "as a user's program runs: glibc's default, our buffer pool on",
        ["unpooled"] = "glibc's default, our buffer pool off",
    };

    public static string[] Names => [.. Descriptions.Keys];

    /// <summary>Puts this process into a setting, before the first tensor.</summary>
    public static void Enter(string name)
    {
        Console.WriteLine($"### {name}: {Descriptions[name]}\n");
        if (name != "default") Environment.SetEnvironmentVariable("NORM_BUFFERS", "0");
        if (name == "kept" && !Allocation.Keep())
            Console.WriteLine("(this allocator cannot be told to keep its memory; the ratios include page faults)\n");
    }

    /// <summary>Runs the same command once for each setting; an allocator cannot be set back.</summary>
    public static int RunEach(ParseResult arguments)
    {
        var others = arguments.Tokens.Select(token => token.Value).ToList();
        if (others.IndexOf("--setting") is >= 0 and var at) others.RemoveRange(at, 2);
        var exitCode = 0;
        foreach (var name in Names)
        {
            exitCode = Math.Max(exitCode, FreshProcess.Run([.. others, "--setting", name]));
            Console.WriteLine();
        }
        return exitCode;
    }
}
