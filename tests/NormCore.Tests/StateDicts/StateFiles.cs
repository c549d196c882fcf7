namespace NormCore.Tests.StateDicts;

/// <summary>The files that make_state_dicts.py wrote with PyTorch.</summary>
internal static class StateFiles
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "StateDicts", "Files", name);

    /// <summary>A file in the temporary folder with these bytes, for as long as the action runs.</summary>
    public static void With(byte[] bytes, Action<string> action)
    {
        var path = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            action(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
