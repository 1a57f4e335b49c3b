namespace Crisp.Bundle.Contributors;

/// <summary>
/// Lays the edits of CDI devices over a finished config.json, as the CDI specification says: they go before what was
/// asked for at the same path or name.
/// </summary>
internal static class EditedSpec
{
    public static Oci.Spec Apply(Oci.Spec spec, SpecEdits? edits)
    {
        if (edits is null)
            return spec;
        var process = spec.Process!; // the builder fills both
        var linux = spec.Linux!;
        return spec with
        {
            Process = process with
            {
                Env = Environment(process.Env ?? [], edits.Environment),
                User = process.User with
                {
                    AdditionalGids = [.. (process.User.AdditionalGids ?? []).Union(edits.AdditionalGids)]
                },
            },
            Mounts = Mounts(spec.Mounts ?? [], edits.Mounts),
            Hooks = OciHooks.Join(spec.Hooks, edits.Hooks),
            Linux = linux with
            {
                Devices = Nodes(linux.Devices, edits, process.User),
                Resources = Rules(linux.Resources, edits)
            },
        };
    }

    private static string[] Environment(IReadOnlyList<string> env, IReadOnlyList<string> added)
    {
        var variables = new OrderedDictionary<string, string>();
        foreach (var entry in env.Concat(added))
            variables[entry[..entry.IndexOf('=')]] = entry;
        return [.. variables.Values];
    }

    private static Oci.Mount[] Mounts(IReadOnlyList<Oci.Mount> mounts, IReadOnlyList<Oci.Mount> added)
    {
        HashSet<string> taken = [.. added.Select(mount => mount.Destination)];
        return [.. mounts.Where(mount => !taken.Contains(mount.Destination)).Concat(added).OrderBy(MountTable.Depth)];
    }

    private static IReadOnlyList<Oci.Device>? Nodes(IReadOnlyList<Oci.Device>? nodes, SpecEdits edits, Oci.User user)
    {
        if (edits.Devices.Count == 0)
            return nodes;
        var byPath = new OrderedDictionary<string, Oci.Device>();
        foreach (var node in (nodes ?? []).Concat(edits.Devices.Select(device => Owned(device.Node, user))))
            byPath[node.Path] = node;
        return [.. byPath.Values];
    }

    /// <summary>Whoever the container runs as is to use it.</summary>
    private static Oci.Device Owned(Oci.Device node, Oci.User user) =>
        node with { Uid = node.Uid
            ?? (user.Uid > 0 ? user.Uid : null), Gid = node.Gid ?? (user.Gid > 0 ? user.Gid : null) };

    private static Oci.Resources? Rules(Oci.Resources? resources, SpecEdits edits)
    {
        Oci.DeviceRule[] added = [
            .. edits.Devices.Where(device => device.Node.Type is "b" or "c").Select(device => new Oci.DeviceRule
            {
                Allow = true,
                Type = device.Node.Type,
                Major = device.Node.Major,
                Minor = device.Node.Minor,
                Access = device.Access,
            })];
        return added.Length == 0
            ? resources
            : (resources ?? new()) with { Devices = [.. resources?.Devices ?? [], .. added] };
    }
}
