namespace NormKernel.Jupyter.Requests;

/// <summary>Jupyter counts characters outside the basic plane once, .NET's strings twice.</summary>
public static class CodePoints
{
    /// <summary>The string index of a position in code points; positions outside the text become its ends.</summary>
    public static int Index(string text, int position)
    {
        var index = 0;
        for (; position > 0 && index < text.Length; position--)
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>How many code points stand before a string index.</summary>
    public static int Count(string text, int index)
    {
        var count = 0;
        for (var i = 0; i < index; count++)
            i += char.IsSurrogatePair(text, i) ? 2 : 1;
        return count;
    }
}
