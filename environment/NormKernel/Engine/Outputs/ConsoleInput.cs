namespace NormKernel.Engine.Outputs;

/// <summary>Console.In of cells: each line is asked for where the cell's front end can ask; other code keeps the input it had.</summary>
public sealed class ConsoleInput(TextReader otherwise) : TextReader
{
    private string rest = "";

    public override string? ReadLine()
    {
        if (CellOutput.Current is not { CanAsk: true } output)
            return otherwise.ReadLine();
        if (rest.Length == 0)
            return output.Ask("");

        var line = rest.TrimEnd('\n');
        rest = "";
        return line;
    }

    public override int Peek() => Fill() ? rest[0] : otherwise.Peek();

    public override int Read()
    {
        if (!Fill())
            return otherwise.Read();

        var first = rest[0];
        rest = rest[1..];
        return first;
    }

    private bool Fill()
    {
        if (CellOutput.Current is not { CanAsk: true } output)
            return false;
        if (rest.Length == 0)
            rest = output.Ask("") + "\n";
        return true;
    }
}
