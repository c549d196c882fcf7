using System.Diagnostics;
using System.Globalization;

namespace NormKernel.Engine.Outputs;

/// <summary>Writes how long a cell took, compilation included, when disposed.</summary>
public sealed class WallTime(CellOutput output) : IDisposable
{
    private readonly long start = Stopwatch.GetTimestamp();

    public void Dispose() =>
        output.Write("stdout", string.Create(CultureInfo.InvariantCulture, $"Wall time: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms\n"));
}
