using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// Capabilities: the configured default, plus and minus what the request names. "ALL" is all that the host gives. The
/// inheritable set holds the ambient ones, which the kernel demands, and is empty otherwise (CVE-2022-27652).
/// The kernel takes effective and permitted ones from a process that is not root when it executes its program.
/// </summary>
internal static class CapabilitySets
{
    public static Oci.ProcessCapabilities Build(BundleInput input, Notes notes)
    {
        Cri.Capability asked = input.Security.Capabilities ?? new Cri.Capability();
        SortedSet<string> granted = input.IsPrivileged
            ? [.. input.Host.BoundingCapabilities]
            : Granted(input, asked, notes);
        var ambient = Ambient(asked, granted, input.Host);
        string[] all = [.. granted];
        return new Oci.ProcessCapabilities
        {
            Bounding = all,
            Effective = all,
            Permitted = all,
            Inheritable = ambient,
            Ambient = ambient,
        };
    }

    private static SortedSet<string> Granted(BundleInput input, Cri.Capability asked, Notes notes)
    {
        HashSet<string> host = [.. input.Host.BoundingCapabilities];
        List<string> add = [.. asked.AddCapabilities.Select(name => CapabilityNames.Parse("add_capabilities", name))];
        List<string> drop = [
            .. asked.DropCapabilities.Select(name => CapabilityNames.Parse("drop_capabilities", name))];
        SortedSet<string> granted = add.Contains(CapabilityNames.All)
            ? [.. host]
            : Defaults(input.Options, host, notes);
        if (drop.Contains(CapabilityNames.All))
            granted.Clear();
        foreach (var name in add.Where(name => name != CapabilityNames.All))
            granted.Add(Available("add_capabilities", name, host));
        granted.ExceptWith(drop);
        return granted;
    }

    private static SortedSet<string> Defaults(BundleOptions options, HashSet<string> host, Notes notes)
    {
        var granted = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in options.DefaultCapabilities.Select(
            name => CapabilityNames.Parse("default_capabilities", name)))
        {
            if (host.Contains(name))
                granted.Add(name);
            else
                notes.Add($"{name} of the default capabilities is left out: the daemon itself does not have it");
        }

        return granted;
    }

    private static string[] Ambient(Cri.Capability asked, SortedSet<string> granted, HostFacts host)
    {
        HashSet<string> available = [.. host.BoundingCapabilities];
        var ambient = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string name in asked.AddAmbientCapabilities)
        {
            var parsed = CapabilityNames.Parse("add_ambient_capabilities", name);
            if (parsed == CapabilityNames.All)
                ambient.UnionWith(available);
            else
                ambient.Add(Available("add_ambient_capabilities", parsed, available));
        }

        granted.UnionWith(ambient);
        return [.. ambient];
    }

    private static string Available(string field, string name, HashSet<string> host) =>
        host.Contains(name)
            ? name
            : throw CrispException.InvalidArgument(
                field, $"{name} cannot be given: the daemon itself does not have it");
}
