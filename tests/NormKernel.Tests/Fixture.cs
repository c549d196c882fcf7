using System.Runtime.CompilerServices;

namespace NormKernel.Tests;

/// <summary>Files that lie in a Fixtures folder beside the test that reads them.</summary>
public static class Fixture
{
    public static string PathOf(string name, [CallerFilePath] string testFile = "") =>
        Path.Combine(Path.GetDirectoryName(testFile)!, "Fixtures", name);
}
