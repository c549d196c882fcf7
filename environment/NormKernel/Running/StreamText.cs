using System.Text;
using NormKernel.Notebooks;

namespace NormKernel.Running;

/// <summary>The text of one stream output while it grows. What an endless loop prints would make a file that nothing can open.</summary>
public sealed class StreamText
{
    public const int MostCharacters = 1_000_000;

    private const string RestLeftOut = "\n… the rest was left out: this output is longer than 1 000 000 characters\n";

    private readonly StringBuilder text = new();
    private bool isFull;

    public void Append(string piece)
    {
        if (isFull)
            return;

        text.Append(piece);
        if (text.Length <= MostCharacters)
            return;

        // A progress line that overwrites itself may be long only until it is collapsed.
        var shown = CarriageReturns.Collapse(text.ToString());
        isFull = shown.Length > MostCharacters;
        text.Clear().Append(isFull ? shown.AsSpan(0, MostCharacters) : shown).Append(isFull ? RestLeftOut : "");
    }

    public void Clear()
    {
        text.Clear();
        isFull = false;
    }

    public override string ToString() => CarriageReturns.Collapse(text.ToString());
}
