namespace NormLab.Rendering;

/// <summary>A front end's wish that the running cell ends. It is found by name, so that this library needs no front end.</summary>
internal static class Interruption
{
    /// <summary>The name in AppContext of an <c>Action</c> that throws OperationCanceledException in an interrupted cell.</summary>
    public const string Name = "Notebook.Interruption";

    /// <summary>Returns, unless the running cell was interrupted; long loops call it each time round.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static void Check() => (AppContext.GetData(Name) as Action)?.Invoke();
}
