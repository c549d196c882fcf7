using System.Diagnostics;
using NormCore.Native;
using static TorchSharp.torch;

namespace NormCore.Tests.Native;

public class NativeTorchTests
{
    [Fact]
    public void Torch_computes_once_the_library_is_loaded()
    {
        NativeTorch.Load();
        NativeTorch.Load();
        using var three = ones(3).sum();
        Assert.Equal(3f, three.item<float>());
    }

    [Fact]
    public void A_layer_may_come_before_any_other_use_of_torch()
    {
        using var layer = new BatchNorm(2);
        Assert.Equal(2, layer.NumFeatures);
    }

    [Fact]
    public void The_libtorch_version_is_the_one_that_TorchSharp_reports() =>
        Assert.StartsWith(TorchBuild.LibTorchVersion, __version__, StringComparison.Ordinal);

    [Fact]
    public async Task Libraries_of_the_same_name_on_the_search_path_of_the_system_do_not_get_in_the_way()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the decoys are found through LD_LIBRARY_PATH");
        using var temporary = new TemporaryFolder();
        // The system's loader takes these first for every library that asks for c10 or torch_cpu by name, and fails on them.
        var decoys = temporary.Folder("decoys", [.. TorchFiles.InLoadOrder("cpu")]);
        var child = await Child(nameof(Torch_computes_once_the_library_is_loaded), "LD_LIBRARY_PATH", decoys);
        Assert.True(child.ExitCode == 0, child.Output);
    }

    [Fact]
    public async Task A_libtorch_that_cannot_be_loaded_is_reported_by_the_first_layer_in_one_readable_message()
    {
        using var temporary = new TemporaryFolder();
        var broken = temporary.Folder("broken", [.. TorchFiles.InLoadOrder("cpu")]);
        var child = await Child(nameof(A_layer_may_come_before_any_other_use_of_torch), "NORM_LIBTORCH", broken);
        Assert.NotEqual(0, child.ExitCode);
        Assert.Contains("NormCore found libtorch", child.Output, StringComparison.Ordinal);
        Assert.Contains(broken, child.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("TypeInitializationException", child.Output, StringComparison.Ordinal);
    }

    // This test program again, for one test, in a process whose libtorch is not loaded yet.
    private static async Task<(int ExitCode, string Output)> Child(string test, string variable, string value)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(NativeTorchTests).Assembly.Location, "-method", $"{typeof(NativeTorchTests).FullName}.{test}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable] = value;
        using var child = Process.Start(start)!;
        var cancel = TestContext.Current.CancellationToken;
        var (output, error) = (child.StandardOutput.ReadToEndAsync(cancel), child.StandardError.ReadToEndAsync(cancel));
        await child.WaitForExitAsync(cancel);
        return (child.ExitCode, await output + await error);
    }
}
