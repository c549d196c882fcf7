using System.Text;
using System.Text.Json.Nodes;
using NormKernel.Engine.Displays;

namespace NormKernel.Engine.Outputs;

/// <summary>
/// One cell's outputs in the order in which they were made. Console text waits a moment for more, so that a loop of
/// Console.Write becomes a few messages; a display never overtakes the text before it.
/// </summary>
/// <param name="sink">Where they go.</param>
/// <param name="stop">Asks the cell's code to end.</param>
public sealed class CellOutput(IOutputSink sink, CancellationToken stop)
{
    private const int LongestWait = 50; // milliseconds
    private const int LargestWait = 8192; // characters

    private static readonly AsyncLocal<CellOutput?> Flowing = new();
    private static int displays;

    private readonly Lock gate = new();
    private readonly StringBuilder pending = new();
    private readonly Dictionary<object, string> live = new(ReferenceEqualityComparer.Instance);
    private string pendingName = "stdout";
    private volatile bool refused;

    /// <summary>The output of the cell that the calling code belongs to: it flows into the tasks and threads which a cell starts.</summary>
    public static CellOutput? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>Asks the cell's code to end.</summary>
    public CancellationToken Stop => stop;

    public bool CanAsk => sink is ICellInput;

    /// <summary>What is left of a line that the user typed and the cell has read a part of.</summary>
    public string Unread { get; set; } = "";

    /// <summary>From now on what the cell's code shows is an error in it: it should have ended.</summary>
    public void Refuse() => refused = true;

    /// <exception cref="OperationCanceledException">The cell should have ended.</exception>
    public void ThrowIfRefused()
    {
        if (refused)
            throw new OperationCanceledException("The cell was interrupted.");
    }

    /// <summary>Asks the user for a line of text; what the cell has printed is shown before.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string Ask(string prompt)
    {
        ThrowIfRefused();
        Flush();
        return ((ICellInput)sink).Ask(prompt, stop);
    }

    public void Write(string name, string text)
    {
        if (text.Length == 0)
            return;

        ThrowIfRefused();
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
        ThrowIfRefused();
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
        ThrowIfRefused();
        Replace(id, data);
    }

    /// <summary>Shows a value that changes while the cell runs: below what there is at first, and from then on in the same place.</summary>
    public void ShowLive(object value)
    {
        var data = MimeBundle.Of(value);
        ThrowIfRefused();
        lock (gate)
        {
            if (live.TryGetValue(value, out var id))
                Replace(id, data);
            else
                live[value] = Display(data);
        }
    }

    /// <summary>Whether the value is on show and changes there, so that it needs no second place.</summary>
    public bool IsLive(object? value)
    {
        lock (gate)
            return value is not null && live.ContainsKey(value);
    }

    /// <summary>Shows every live value as it is now: what stays below a cell does not depend on when it was last drawn.</summary>
    public void ShowLiveValues()
    {
        KeyValuePair<object, string>[] shown;
        lock (gate)
            shown = [.. live];
        foreach (var (value, id) in shown)
            Replace(id, MimeBundle.Of(value));
    }

    public void Flush()
    {
        lock (gate)
            FlushPending();
    }

    private void Replace(string id, JsonObject data)
    {
        lock (gate)
        {
            FlushPending();
            sink.Display(data, [], id, update: true);
        }
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
