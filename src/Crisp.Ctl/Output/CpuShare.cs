using Runtime.V1;

namespace Crisp.Ctl.Output;

/// <summary>
/// The use of one CPU, in percent, over the time between the runtime's two readings; a counter that went back is a
/// restart.
/// </summary>
internal static class CpuShare
{
    internal static double Percent(CpuUsage? before, CpuUsage? now)
    {
        var nanos = (now?.Timestamp ?? 0) - (before?.Timestamp ?? 0);
        var (from, to) = (before?.UsageCoreNanoSeconds?.Value ?? 0, now?.UsageCoreNanoSeconds?.Value ?? 0);
        return nanos <= 0 || to < from ? 0 : (to - from) * 100.0 / nanos;
    }
}
