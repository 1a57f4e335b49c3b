using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>Resource limits, which come from the configuration alone: CRI has no field for them.</summary>
internal static class Rlimits
{
    private static readonly string[] Known =
    [
        "RLIMIT_AS", "RLIMIT_CORE", "RLIMIT_CPU", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_LOCKS", "RLIMIT_MEMLOCK",
        "RLIMIT_MSGQUEUE", "RLIMIT_NICE", "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_RSS", "RLIMIT_RTPRIO",
        "RLIMIT_RTTIME", "RLIMIT_SIGPENDING", "RLIMIT_STACK",
    ];

    public static IReadOnlyList<Oci.Rlimit>? Build(BundleInput input, Notes notes)
    {
        if (input.Options.DefaultUlimits.Count == 0)
            return null;
        return input.Options.DefaultUlimits.Select(limit => Convert(limit, input.Host, notes)).ToArray();
    }

    private static Oci.Rlimit Convert(Ulimit limit, HostFacts host, Notes notes)
    {
        var type = limit.Name.ToUpperInvariant();
        if (!type.StartsWith("RLIMIT_", StringComparison.Ordinal))
            type = $"RLIMIT_{type}";
        if (!Known.Contains(type))
            throw CrispException.InvalidArgument("default_ulimits", $"\"{limit.Name}\" is not a resource limit");
        if (limit.Soft > limit.Hard)
            throw CrispException.InvalidArgument(
                "default_ulimits", $"{limit.Name}: the soft limit is above the hard one");
        var hard = limit.Hard;
        if (host.HardLimits?.TryGetValue(type, out ulong own) == true && hard > own)
        {
            notes.Add($"{type} is clamped from {hard} to {own}: this host does not let the daemon raise its own limit");
            hard = own;
        }

        return new Oci.Rlimit { Type = type, Hard = hard, Soft = Math.Min(limit.Soft, hard) };
    }
}
