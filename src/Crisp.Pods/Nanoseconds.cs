namespace Crisp.Pods;

/// <summary>CRI's timestamps: nanoseconds since 1970, UTC.</summary>
internal static class Nanoseconds
{
    internal static long Of(DateTimeOffset moment) =>
        (moment - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    internal static DateTimeOffset ToMoment(long nanos) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanos / TimeSpan.NanosecondsPerTick);
}
