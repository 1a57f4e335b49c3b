using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>The counters that containers and pods have alike; a part that was not read is absent, not zero.</summary>
internal static class UsageMessages
{
    public static CpuUsage? Cpu(CpuStats? cpu, long timestampNanos) => cpu is null ? null : new CpuUsage
    {
        Timestamp = timestampNanos,
        UsageCoreNanoSeconds = Value(cpu.UsageCoreNanoSeconds),
        UsageNanoCores = Value(cpu.UsageNanoCores),
        Psi = Pressure(cpu.Pressure),
    };

    public static MemoryUsage? Memory(MemoryStats? memory, long timestampNanos) =>
        memory is null ? null : new MemoryUsage
    {
        Timestamp = timestampNanos,
        UsageBytes = Value(memory.UsageBytes),
        WorkingSetBytes = Value(memory.WorkingSetBytes),
        AvailableBytes = Value(memory.AvailableBytes),
        RssBytes = Value(memory.RssBytes),
        PageFaults = Value(memory.PageFaults),
        MajorPageFaults = Value(memory.MajorPageFaults),
        Psi = Pressure(memory.Pressure),
    };

    public static IoUsage? Io(PressureStats? pressure, long timestampNanos) => pressure is null ? null : new IoUsage
    {
        Timestamp = timestampNanos,
        Psi = Pressure(pressure),
    };

    public static UInt64Value? Value(ulong? value) => value is { } v ? new UInt64Value { Value = v } : null;

    private static PsiStats? Pressure(PressureStats? pressure) => pressure is null ? null : new PsiStats
    {
        Some = Line(pressure.Some),
        Full = pressure.Full is { } full ? Line(full) : null,
    };

    private static PsiData Line(PressureLine line) => new()
    {
        Total = line.TotalMicros,
        Avg10 = line.Avg10,
        Avg60 = line.Avg60,
        Avg300 = line.Avg300,
    };
}
