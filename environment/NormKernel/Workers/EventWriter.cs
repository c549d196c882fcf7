using System.Text;

namespace NormKernel.Workers;

/// <summary>Writes events, from whichever thread, one per line.</summary>
public sealed class EventWriter(Stream stream) : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };

    public void Write(CellEvent cellEvent)
    {
        var line = WorkerMessages.Line(cellEvent);
        lock (gate)
            writer.WriteLine(line);
    }

    public void Dispose() => writer.Dispose();
}
