using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>Namespaces: the pod's by path, the node's by leaving them out, the container's own as new ones.</summary>
internal static class Namespaces
{
    public static IReadOnlyList<Oci.Namespace> Build(BundleInput input)
    {
        var choice = NamespaceChoice.Of(input.Pod, input.Container);
        var paths = input.PodPaths;
        var namespaces = new List<Oci.Namespace> { new() { Type = Oci.NamespaceTypes.Mount } };
        if (paths.UserNs is not null)
            namespaces.Add(new Oci.Namespace { Type = Oci.NamespaceTypes.User, Path = paths.UserNs });
        AddPid(namespaces, choice, paths);
        AddJoined(namespaces, Oci.NamespaceTypes.Network, paths.NetNs, choice.Network);
        AddJoined(namespaces, Oci.NamespaceTypes.Ipc, paths.IpcNs, choice.Ipc);
        if (paths.UtsNs is not null)
            namespaces.Add(new Oci.Namespace { Type = Oci.NamespaceTypes.Uts, Path = paths.UtsNs });
        // As CRI-O does: on v1 the mounts that the runtime makes show no more than the container's own groups.
        if (input.Host.CgroupV2)
            namespaces.Add(new Oci.Namespace { Type = Oci.NamespaceTypes.Cgroup });
        return namespaces;
    }

    private static void AddPid(List<Oci.Namespace> namespaces, NamespaceChoice choice, PodPaths paths)
    {
        if (choice.Pid == Cri.NamespaceMode.Node)
            return;
        string? path = choice.Pid == Cri.NamespaceMode.Container
            ? null
            : paths.PidNs ?? throw CrispException.InvalidArgument(
                "namespace_options.pid",
                $"there is no PID namespace to join for mode {choice.Pid.ToString().ToUpperInvariant()}");
        namespaces.Add(new Oci.Namespace { Type = Oci.NamespaceTypes.Pid, Path = path });
    }

    private static void AddJoined(List<Oci.Namespace> namespaces, string type, string? path, Cri.NamespaceMode mode)
    {
        if (mode == Cri.NamespaceMode.Node)
            return;
        if (path is null)
            throw CrispException.InvalidArgument(
                $"namespace_options.{type}", $"the pod has no {type} namespace of its own");
        namespaces.Add(new Oci.Namespace { Type = type, Path = path });
    }
}
