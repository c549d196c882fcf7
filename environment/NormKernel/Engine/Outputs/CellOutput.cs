using System.Text;
using System.Text.Json.Nodes;

namespace NormKernel.Engine.Outputs;

/// <summary>
/// One cell's outputs in the order in which they were made. Console text waits a moment for more, so that a loop of
/// Console.Write becomes a few messages; a display never overtakes the text before it.
/// </summary>
public sealed class CellOutput(IOutputSink sink)
{
    private const int LongestWait = 50; // milliseconds
    private const int LargestWait = 8192; // characters

    private static readonly AsyncLocal<CellOutput?> Flowing = new();
    private static int displays;

    // An object and not a Lock: an interrupted cell is aborted wherever it stands, and a Lock could stay locked for ever.
    private readonly object gate = new();
    private readonly StringBuilder pending = new();
    private string pendingName = "stdout";

    /// <summary>The output of the cell that the calling code belongs to: it flows into the tasks and threads which a cell starts.</summary>
    public static CellOutput? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    public bool CanAsk => sink is ICellInput;

    /// <summary>Asks the user for a line of text; what the cell has printed is shown before.</summary>
    public string Ask(string prompt)
    {
        Flush();
        return ((ICellInput)sink).Ask(prompt);
    }

    public void Write(string name, string text)
    {
        if (text.Length == 0)
            return;

        lock (gate)
        {
            if (name != pendingName)
                FlushPending();
            if (pending.Length == 0)
                Task.Delay(LongestWait).ContinueWith(_ => Flush(), TaskScheduler.Default);
            pendingName = name;
            pending.Append(text);
            if (pending.Length >= LargestWait)
                FlushPending();
        }
    }

    /// <summary>Shows a bundle and returns the id under which it can be replaced.</summary>
    public string Display(JsonObject data)
    {
        var id = $"display-{Interlocked.Increment(ref displays)}";
        lock (gate)
        {
            FlushPending();
            sink.Display(data, [], id, update: false);
        }

        return id;
    }

    public void Update(string id, JsonObject data)
    {
        lock (gate)
        {
            FlushPending();
            sink.Display(data, [], id, update: true);
        }
    }

    public void Flush()
    {
        lock (gate)
            FlushPending();
    }

    private void FlushPending()
    {
        if (pending.Length == 0)
            return;

        var text = pending.ToString();
        pending.Clear();
        sink.Stream(pendingName, text);
    }
}
