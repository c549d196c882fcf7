namespace NormLab.Tests.Charts;

/// <summary>A notebook engine's offer to show values in place, for a while: it keeps what each drawing said.</summary>
internal sealed class FakeLiveDisplay : IDisposable
{
    private const string Name = "Notebook.LiveDisplay";

    public FakeLiveDisplay(bool hasCell = true) => AppContext.SetData(Name, (Func<object, bool>)(value =>
    {
        if (hasCell)
            Drawn.Add(value);
        return hasCell;
    }));

    public List<object> Drawn { get; } = [];

    public void Dispose() => AppContext.SetData(Name, null);
}
