using System.Text;

namespace NormKernel.Jupyter.Wire;

/// <summary>The signatures of the latest messages: one that comes again is a replay. Not thread-safe.</summary>
public sealed class SeenSignatures
{
    private const int Kept = 65_536;

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <returns>Whether it is new.</returns>
    public bool Add(byte[] signature)
    {
        var text = Encoding.ASCII.GetString(signature);
        if (!seen.Add(text))
            return false;

        order.Enqueue(text);
        if (order.Count > Kept)
            seen.Remove(order.Dequeue());
        return true;
    }
}
