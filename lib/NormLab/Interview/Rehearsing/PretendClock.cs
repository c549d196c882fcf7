namespace NormLab.Interview;

/// <summary>A clock that moves only when told to, for runs in which nobody speaks.</summary>
/// <param name="now">The time that it shows at first; its offset is the clock's time zone.</param>
public sealed class PretendClock(DateTimeOffset now) : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("pretended", now.Offset, null, null);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>A clock that shows noon of a day, in universal time.</summary>
    public static PretendClock NoonOf(int year, int month, int day) => new(new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();

    /// <inheritdoc/>
    public override long GetTimestamp() => now.UtcTicks;

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => now += time;
}
