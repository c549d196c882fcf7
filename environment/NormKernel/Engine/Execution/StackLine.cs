using System.Diagnostics;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace NormKernel.Engine.Execution;

/// <summary>One stack frame in the reader's words: "at Loss in cell 2, line 3".</summary>
public static partial class StackLine
{
    /// <summary>Null for frames of the framework, of packages and of the engine: those without a source line in the notebook's context.</summary>
    public static string? Of(StackFrame frame)
    {
        var method = frame.GetMethod();
        if (method?.DeclaringType is not { } type || frame.GetFileLineNumber() == 0 || frame.GetFileName() is not { } file)
            return null;
        if (AssemblyLoadContext.GetLoadContext(type.Assembly) is not NotebookLoadContext)
            return null;

        var name = Name(type.FullName + "." + method.Name);
        return $"   at {(name.Length == 0 ? "" : name + " in ")}{Path.GetFileName(file)}, line {frame.GetFileLineNumber()}";
    }

    // The compiler's names: local functions <Outer>g__Name|1_0, lambdas <Outer>b__0, state machines <Name>d__1 with MoveNext.
    private static string Name(string full)
    {
        var name = StateMachine().Replace(full, ".$1");
        name = Closure().Replace(name, "");
        name = LocalFunction().Replace(name, "$1");
        name = Lambda().Replace(name, "lambda");
        return Cell().Replace(name, "").Replace('+', '.').Trim('.');
    }

    [GeneratedRegex(@"\+<+(\w+)>+d__\d+(?:`\d+)?\.MoveNext$")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"\+<>c(?:__DisplayClass[\w]*)?")]
    private static partial Regex Closure();

    [GeneratedRegex(@"<[^|]*>g__(\w+)\|[\d_]+")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"<.*>b__[\d_]+")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"^Submission#\d+[.+]?|<?<?Initialize>?>?$|<Factory>$|Initialize$")]
    private static partial Regex Cell();
}
