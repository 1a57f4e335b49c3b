using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>clock_gettime(2), for programs too small for a TimeProvider.</summary>
public static class KernelClock
{
    private const int Realtime = 0;
    private const int Monotonic = 1;
    private const long NanosPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds since 1970, UTC.</summary>
    public static long RealtimeNanos() => Read(Realtime);

    /// <summary>Nanoseconds since some fixed moment; never steps.</summary>
    public static long MonotonicNanos() => Read(Monotonic);

    private static unsafe long Read(int clock)
    {
        long* time = stackalloc long[2];
        _ = Libc.clock_gettime(clock, time); // it cannot fail for these clocks
        return (time[0] * NanosPerSecond) + time[1];
    }
}
