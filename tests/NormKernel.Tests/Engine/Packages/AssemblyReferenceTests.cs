using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NormKernel.Engine.Scripts;

namespace NormKernel.Tests.Engine.Packages;

public sealed class AssemblyReferenceTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly TestSession session;

    public AssemblyReferenceTests() => session = new TestSession(folder.Path);

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_file_is_loaded_with_those_beside_it_and_may_be_overwritten_afterwards()
    {
        var lower = Build("Lower", "public class Low { public static int Number => 1; }");
        var upper = Build("Upper", "public class Up : Low { public static int Twice => 2 * Number; }", lower);
        Assert.Equal("3", session.Value("#r \"bin/Upper.dll\"\nUp.Twice + Low.Number"));

        File.WriteAllText(upper, "overwritten");
        File.WriteAllText(lower, "overwritten");
        Assert.Equal("2", session.Value("Up.Twice"));
    }

    [Fact]
    public void A_rebuilt_file_is_refused_where_the_old_one_is_loaded_and_taken_where_not()
    {
        Build("Lib", "public class L { public static int Number => 1; }");
        session.Value("#r \"bin/Lib.dll\"");
        Build("Lib", "public class L { public static int Number => 2; }");
        Assert.Equal("2", session.Value("#r \"bin/Lib.dll\"\nL.Number"));
        Build("Lib", "public class L { public static int Number => 3; }");
        Assert.Contains("restart the session", session.Failure("#r \"bin/Lib.dll\""), StringComparison.Ordinal);
        Assert.Equal("2", session.Value("L.Number"));
    }

    [Fact]
    public void A_native_library_that_does_not_load_is_the_cells_error_and_not_the_engines_end()
    {
        Build("Lib", "using System.Runtime.InteropServices; public class L { [DllImport(\"broken\")] public static extern int Call(); }");
        foreach (var name in new[] { "libbroken.so", "libbroken.dylib", "broken.dll" })
            folder.Write("bin/" + name, "not a library");
        var failure = session.Failure("#r \"bin/Lib.dll\"\nL.Call()");
        Assert.Matches("^System\\.(DllNotFoundException|BadImageFormatException): ", failure);
        Assert.Equal("1", session.Value("1"));
    }

    [Theory]
    [InlineData("#r \"absent.dll\"", "there is no file")]
    [InlineData("#r \"text.dll\"", "is not a .NET assembly")]
    public void What_is_no_assembly_is_refused(string code, string message)
    {
        folder.Write("text.dll", "text");
        Assert.Contains(message, session.Failure(code), StringComparison.Ordinal);
    }

    private string Build(string name, string code, params string[] references)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "bin")).FullName, name + ".dll");
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken)],
            [.. FrameworkReferences.Load().Values, .. references.Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(compilation.Emit(file, cancellationToken: TestContext.Current.CancellationToken).Success);
        return file;
    }
}
