namespace NormKernel.Engine.Outputs;

/// <summary>
/// Offers cells, and the libraries that they use, to show a value again and again in one place while a cell runs. Libraries
/// find the offer by its name in AppContext and so need no reference to this program.
/// </summary>
public static class LiveDisplay
{
    /// <summary>The offer is a <c>Func&lt;object, bool&gt;</c>: false means that no cell is there to show the value below.</summary>
    public const string Name = "Notebook.LiveDisplay";

    public static void Install() => AppContext.SetData(Name, (Func<object, bool>)Show);

    private static bool Show(object value)
    {
        if (CellOutput.Current is not { } output)
            return false;

        output.ShowLive(value);
        return true;
    }
}
