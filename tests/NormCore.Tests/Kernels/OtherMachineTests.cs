using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics.X86;
using NormCore.Kernels;

namespace NormCore.Tests.Kernels;

/// <summary>Tests again in processes of their own: the kernels' and the conformance vectors with fewer instruction sets than this machine has, all layers without the kernels.</summary>
public class OtherMachineTests
{
    private const string Without = "NORM_TESTS_WITHOUT";

    private static readonly string Conformance = typeof(Conformance.LiteralTests).Namespace!;

    public static TheoryData<string> InstructionSets => ["AVX512", "AVX2", "HWIntrinsic"];

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public Task All_holds_without(string instructionSet) => Hold(
        $"DOTNET_Enable{instructionSet}", "0", instructionSet,
        "-class", typeof(FusedNormTests).FullName!, "-class", typeof(ElementTests).FullName!, "-class", typeof(OtherMachineTests).FullName!, "-namespace", Conformance);

    [Fact]
    public Task All_layers_hold_composed_of_operations_of_torch() => Hold(
        "NORM_KERNELS", "off", "kernels", "-class", typeof(OtherMachineTests).FullName!, "-namespace", Conformance, "-namespace", typeof(Layers.BatchNormTests).Namespace!);

    private static async Task Hold(string variable, string value, string without, params string[] tests)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Without) is null, "This process is such a machine.");
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(OtherMachineTests).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null)!, [.. tests, "-explicit", "on", "-noColor"])
        {
            Environment = { [variable] = value, [Without] = without },
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
        Assert.Equal(without == "kernels", FusedPath.IsOffEverywhere);
        if (without == "kernels") return;
        Assert.False(Avx512F.IsSupported);
        Assert.False(Avx2.IsSupported && without != "AVX512");
        Assert.False(Vector.IsHardwareAccelerated && without == "HWIntrinsic");
    }
}
