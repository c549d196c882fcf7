using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace NormCore.Tests.Kernels;

/// <summary>The kernels' tests again in processes that see fewer instruction sets than this machine has.</summary>
public class OtherMachineTests
{
    private const string Without = "NORM_TESTS_WITHOUT";

    public static TheoryData<string> InstructionSets => ["AVX512", "AVX2", "HWIntrinsic"];

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public async Task All_holds_without(string instructionSet)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Without) is null, "This process is such a machine.");
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(OtherMachineTests).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null)!)
        {
            ArgumentList = { "-class", typeof(FusedNormTests).FullName!, "-class", typeof(ElementTests).FullName!, "-class", typeof(OtherMachineTests).FullName!, "-explicit", "on", "-noColor" },
            Environment = { [$"DOTNET_Enable{instructionSet}"] = "0", [Without] = instructionSet },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
    }

    /// <summary>Only of interest in such a process.</summary>
    [Fact(Explicit = true)]
    public void The_process_sees_no_more_than_it_should()
    {
        var without = Environment.GetEnvironmentVariable(Without);
        Assert.False(Avx512F.IsSupported);
        Assert.False(Avx2.IsSupported && without != "AVX512");
        Assert.False(Vector.IsHardwareAccelerated && without == "HWIntrinsic");
    }
}
