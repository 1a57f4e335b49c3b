namespace Crisp.Pods.Stats;

/// <summary>What the next reading of a container's counters has to know of the ones before.</summary>
internal sealed class StatsHistory
{
    /// <summary>Two readings closer together than this say little about a rate.</summary>
    private const long ShortestIntervalNanos = 500_000_000;

    private readonly Lock _gate = new();
    private long _sampledAtNanos;
    private ulong _sampledCpuNanos;
    private ulong? _nanoCores;
    private WritableLayerStats? _layer;
    private int _measuring;

    /// <summary>The last measurement of the writable layer.</summary>
    internal WritableLayerStats? Layer
    {
        get => Volatile.Read(ref _layer);
        set => Volatile.Write(ref _layer, value);
    }

    /// <summary>True for the one who is to measure the layer; <see cref="EndMeasuring"/> follows.</summary>
    internal bool TryBeginMeasuring() => Interlocked.CompareExchange(ref _measuring, 1, 0) == 0;

    internal void EndMeasuring() => Volatile.Write(ref _measuring, 0);

    /// <summary>Nanoseconds of processor time per second since the sample before; null at the first.</summary>
    internal ulong? NanoCores(ulong cpuNanos, long nowNanos)
    {
        lock (_gate)
        {
            var elapsed = nowNanos - _sampledAtNanos;
            if (_sampledAtNanos != 0 && elapsed < ShortestIntervalNanos)
                return _nanoCores;
            if (_sampledAtNanos != 0)
                _nanoCores = (ulong)(Amounts.Less(cpuNanos, _sampledCpuNanos) * 1e9 / elapsed);
            (_sampledAtNanos, _sampledCpuNanos) = (nowNanos, cpuNanos);
            return _nanoCores;
        }
    }
}
