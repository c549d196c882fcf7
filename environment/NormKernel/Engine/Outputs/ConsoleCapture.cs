using System.Text;

namespace NormKernel.Engine.Outputs;

/// <summary>Sends what a cell writes to the console to that cell's output, and asks its front end for what it reads; other code keeps the console it had.</summary>
public static class ConsoleCapture
{
    private static readonly Lock Gate = new();
    private static bool installed;

    public static void Install()
    {
        lock (Gate)
        {
            if (installed)
                return;

            Console.SetOut(new CellWriter("stdout", Console.Out));
            Console.SetError(new CellWriter("stderr", Console.Error));
            Console.SetIn(new ConsoleInput(Console.In));
            installed = true;
        }
    }

    private sealed class CellWriter : TextWriter
    {
        private readonly string name;
        private readonly TextWriter otherwise;

        public CellWriter(string name, TextWriter otherwise)
        {
            (this.name, this.otherwise) = (name, otherwise);
            NewLine = "\n"; // outputs are stored in notebooks, which use it on every system
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

        public override void Write(string? value)
        {
            if (CellOutput.Current is { } output)
                output.Write(name, value ?? "");
            else
                otherwise.Write(value);
        }

        // One message a line: TextWriter would write text and line end apart.
        public override void WriteLine(string? value) => Write(value + NewLine);

        public override void Flush()
        {
            if (CellOutput.Current is { } output)
                output.Flush();
            else
                otherwise.Flush();
        }
    }
}
