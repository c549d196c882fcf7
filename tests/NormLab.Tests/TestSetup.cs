using System.Runtime.CompilerServices;
using NormCore.Native;

// Tests set environment variables and the number of threads, which the whole process shares.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace NormLab.Tests;

internal static class TestSetup
{
    [ModuleInitializer]
    internal static void LoadTorch() => NativeTorch.Load();
}
