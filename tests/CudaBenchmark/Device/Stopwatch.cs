namespace CudaBenchmark.Device;

/// <summary>The GPU's own clock: the time between two events around an operation, after the second cache was emptied.</summary>
internal sealed class Stopwatch(Workplace place)
{
    private const int WarmUps = 5;
    private readonly (nint Start, nint End) events = (place.Functions.CreateEvent(), place.Functions.CreateEvent());

    /// <summary>The median of some runs in milliseconds. Flush memory is at least twice as large as the second cache.</summary>
    public double Median(Action operation, int runs, nint flush, long flushBytes)
    {
        for (var i = 0; i < WarmUps; i++) operation();
        var times = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            place.Functions.Fill(flush, (byte)i, flushBytes);
            place.Functions.Record(events.Start);
            operation();
            place.Functions.Record(events.End);
            place.Functions.Wait();
            times[i] = place.Functions.Milliseconds(events.Start, events.End);
        }
        Array.Sort(times);
        return times[runs / 2];
    }
}
