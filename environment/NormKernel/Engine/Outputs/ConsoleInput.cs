namespace NormKernel.Engine.Outputs;

/// <summary>Console.In of cells: each line is asked for where the cell's front end can ask; other code keeps the input it had.</summary>
public sealed class ConsoleInput(TextReader otherwise) : TextReader
{
    public override string? ReadLine()
    {
        if (CellOutput.Current is not { CanAsk: true } output)
            return otherwise.ReadLine();
        if (output.Unread.Length == 0)
            return output.Ask("");

        var line = output.Unread.TrimEnd('\n');
        output.Unread = "";
        return line;
    }

    public override int Peek() => Filled() is { } output ? output.Unread[0] : otherwise.Peek();

    public override int Read()
    {
        if (Filled() is not { } output)
            return otherwise.Read();

        var first = output.Unread[0];
        output.Unread = output.Unread[1..];
        return first;
    }

    private static CellOutput? Filled()
    {
        if (CellOutput.Current is not { CanAsk: true } output)
            return null;
        if (output.Unread.Length == 0)
            output.Unread = output.Ask("") + "\n";
        return output;
    }
}
