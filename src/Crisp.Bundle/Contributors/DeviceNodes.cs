using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>Device nodes beside the handful that every runtime makes; a later one of the same path wins.</summary>
internal static class DeviceNodes
{
    /// <summary>Made by the runtime or by mounts in every container; the host's would be wrong there.</summary>
    private static readonly string[] MadeByRuntime = ["/dev/console", "/dev/ptmx", "/dev/tty"];

    public static IReadOnlyList<Oci.Device>? Build(BundleInput input)
    {
        var nodes = Chosen(input).Select(Convert).ToArray();
        return nodes.Length == 0 ? null : nodes;
    }

    /// <summary>Every device the container gets, one per path.</summary>
    public static IEnumerable<ResolvedDevice> Chosen(BundleInput input)
    {
        IEnumerable<ResolvedDevice> host = input.IsPrivileged && !input.Runtime.PrivilegedWithoutHostDevices
            ? input.HostDevices.Where(device => !MadeByRuntime.Contains(device.ContainerPath))
            : [];
        var byPath = new OrderedDictionary<string, ResolvedDevice>();
        foreach (var device in host)
            byPath[device.ContainerPath] = device;
        RefuseAnotherAtAHostsPath(byPath, input.Devices);
        foreach (var device in input.Options.AdditionalDevices.Concat(input.Devices))
            byPath[device.ContainerPath] = device;
        return byPath.Values;
    }

    /// <summary>Who asks for all of the host's devices and for another in the place of one cannot mean both.</summary>
    private static void RefuseAnotherAtAHostsPath(
        OrderedDictionary<string, ResolvedDevice> hosts, IEnumerable<ResolvedDevice> requested)
    {
        foreach (var device in requested)
        {
            if (hosts.TryGetValue(device.ContainerPath, out var there)
                && (there.IsBlock, there.Major, there.Minor) != (device.IsBlock, device.Major, device.Minor))
            {
                throw CrispException.InvalidArgument("config.devices",
                    "a privileged container gets the host's devices, and "
                    + $"the container path {device.ContainerPath} of another one already exists on the host");
            }
        }
    }

    private static Oci.Device Convert(ResolvedDevice device) => new()
    {
        Path = device.ContainerPath,
        Type = device.IsBlock ? "b" : "c",
        Major = device.Major,
        Minor = device.Minor,
        FileMode = device.FileMode,
        Uid = device.Uid,
        Gid = device.Gid,
    };
}
