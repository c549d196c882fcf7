namespace NormLab.Rendering;

/// <summary>
/// A front end's offer to show a value again and again in one place while a cell runs. It is found by name, so that this
/// library needs no front end; those that make no such offer get lines of text.
/// </summary>
internal static class LiveDisplay
{
    /// <summary>The offer's name in AppContext: a <c>Func&lt;object, bool&gt;</c>, false where there is no cell to show the value below.</summary>
    public const string Name = "Notebook.LiveDisplay";

    public static bool Show(object value) => AppContext.GetData(Name) is Func<object, bool> show && show(value);
}
