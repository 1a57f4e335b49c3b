using Crisp.Linux;
using Crisp.Pods.Stats;

namespace Crisp.Pods.Metrics;

/// <summary>
/// Where a container's samples come from during one reading: each file is read once, for whoever needs it.
/// </summary>
internal sealed class MetricSource(ContainerSnapshot container, bool isUnified, CgroupFileReader files)
{
    private readonly Dictionary<string, string?> _read = new(StringComparer.Ordinal);

    internal ContainerSnapshot Container => container;

    /// <summary>cgroup v2.</summary>
    internal bool IsUnified => isUnified;

    internal WritableLayerStats? WritableLayer { get; init; }

    /// <summary>Nanoseconds since 1970, UTC.</summary>
    internal long NowNanos { get; init; }

    internal static MetricSource Of(ContainerSnapshot container, WritableLayerStats? layer, long nowNanos) =>
        new(container, Cgroups.IsUnified,
            CgroupReading.Reader(container.CgroupPath)) { WritableLayer = layer, NowNanos = nowNanos };

    /// <summary>A file of the container's group; null when it is not there.</summary>
    internal string? File(string controller, string file)
    {
        var key = controller + "/" + file;
        if (!_read.TryGetValue(key, out var text))
            _read[key] = text = files(controller, file);
        return text;
    }

    internal ulong Number(string controller, string file) => KeyedLines.Number(File(controller, file)) ?? 0;

    internal ulong Keyed(string controller, string file, string key) =>
        KeyedLines.Value(File(controller, file), key) ?? 0;
}
