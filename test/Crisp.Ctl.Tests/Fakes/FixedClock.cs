namespace Crisp.Ctl.Tests.Fakes;

/// <summary>Always the same moment, in UTC; waits are real.</summary>
internal sealed class FixedClock : TimeProvider
{
    internal static DateTimeOffset Now { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    internal static long NanosBefore(TimeSpan age) => (Now - age - DateTimeOffset.UnixEpoch).Ticks * 100;

    public override DateTimeOffset GetUtcNow() => Now;
}
