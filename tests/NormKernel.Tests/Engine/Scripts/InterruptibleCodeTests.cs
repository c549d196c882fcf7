using Microsoft.CodeAnalysis.CSharp;
using NormKernel.Engine.Scripts;

namespace NormKernel.Tests.Engine.Scripts;

public sealed class InterruptibleCodeTests
{
    private const string Pending = "if(global::NormKernel.Engine.InCells.Interruptible.Pending!=0)";
    private const string Round = Pending + "global::NormKernel.Engine.InCells.Interruptible.Check();";
    private const string Call = Pending + "global::NormKernel.Engine.InCells.Interruptible.CheckCall();";

    [Theory]
    [InlineData("while (true) { }", "while (true) {ROUND }")]
    [InlineData("while (true);", "while (true){ROUND;}")]
    [InlineData("do F(); while (true);", "do {ROUNDF();} while (true);")]
    [InlineData("for (;;) foreach (var i in x) F(i); // twice", "for (;;) {ROUNDforeach (var i in x) {ROUNDF(i);}} // twice")]
    [InlineData("foreach (var (a, b) in x)\n    F(a);", "foreach (var (a, b) in x)\n    {ROUNDF(a);}")]
    [InlineData("again: goto again;", "again: {ROUNDgoto again;}")]
    [InlineData("Action a = () => { F(); };", "Action a = () => {CALL F(); };")]
    [InlineData("Func<int, int> f = x => x + 1;", "Func<int, int> f = x => x + 1;")]
    [InlineData("int F(int n) => F(n - 1);", "int F(int n) {CALLreturn  F(n - 1);}")]
    [InlineData("class C { void F() => G(); int P => 1; }", "class C { void F() {CALL G();} int P => 1; }")]
    [InlineData("async Task F() => await G();", "async Task F() => await G();")]
    [InlineData("async Task<int> F() => await G();", "async Task<int> F() {CALLreturn  await G();}")]
    [InlineData("int F() => throw new Exception();", "int F() => throw new Exception();")]
    public void Loops_jumps_and_methods_look_whether_they_are_to_end(string code, string expected)
    {
        var tree = CSharpSyntaxTree.ParseText(code, SubmissionChain.ParseOptions, cancellationToken: TestContext.Current.CancellationToken);
        var text = InterruptibleCode.Of(tree).ToString();
        Assert.Equal(expected, text.Replace(Round, "ROUND", StringComparison.Ordinal).Replace(Call, "CALL", StringComparison.Ordinal));
    }

    [Fact]
    public void Messages_of_the_compiler_name_columns_of_the_code_as_it_was_written()
    {
        using var session = new TestSession();
        Assert.Contains("(1,17)", session.Failure("while (true) {  x(); }"), StringComparison.Ordinal);
        session.Run("while (true) { break; Console.WriteLine(1); }");
        Assert.Contains("cell 2 (1,23)", session.Output.Errors, StringComparison.Ordinal);
    }
}
