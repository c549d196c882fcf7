namespace NormKernel.Workers;

/// <summary>What a process prints past the events: native code's output, and the runtime's last words.</summary>
public sealed class RawOutput
{
    private const int Kept = 65536; // characters

    private volatile string tail = "";

    /// <summary>The end of it.</summary>
    public string Tail => tail;

    public async Task Read(StreamReader reader, Action<string> pass)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            var text = new string(buffer, 0, count).Replace("\r\n", "\n", StringComparison.Ordinal);
            var all = tail + text;
            tail = all.Length <= Kept ? all : all[^Kept..];
            pass(text);
        }
    }
}
