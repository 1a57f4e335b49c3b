using Crisp.Errors;
using Google.Protobuf.Collections;

namespace Crisp.Bundle.Validation;

/// <summary>
/// User namespaces: the node's, or one of the pod, which its IPC and PID namespaces then belong to, and the network's
/// too, unless it is the node's.
/// </summary>
internal static class UserNamespaceRules
{
    private const string Field = "namespace_options.userns_options";

    public static void Validate(Cri.NamespaceOption pod, HostFacts? host)
    {
        Validate(pod.UsernsOptions);
        if (pod.UsernsOptions is not { Mode: Cri.NamespaceMode.Pod })
            return;
        Own("pid", pod.Pid);
        Own("ipc", pod.Ipc);
        if (host?.UserNamespaces == false)
        {
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"{Field}: this node has no user namespaces for pods: they need Linux 5.19 and user.max_user_namespaces above 0");
        }
    }

    /// <summary>A container has what its pod has; what it says itself must be the same.</summary>
    public static void Agree(Cri.UserNamespace? pod, Cri.UserNamespace? container)
    {
        if (container is null)
            return;
        Validate(container);
        Cri.UserNamespace wanted = pod ?? new() { Mode = Cri.NamespaceMode.Node };
        if (!container.Equals(wanted))
            throw CrispException.InvalidArgument(Field, "is another one than the pod's");
    }

    private static void Validate(Cri.UserNamespace? options)
    {
        switch (options?.Mode)
        {
            case null:
                return;
            case Cri.NamespaceMode.Node when options.Uids.Count > 0 || options.Gids.Count > 0:
                throw CrispException.InvalidArgument(Field, "ID mappings contradict the mode NODE");
            case Cri.NamespaceMode.Node:
                return;
            case Cri.NamespaceMode.Pod:
                Mapping("uids", options.Uids);
                Mapping("gids", options.Gids);
                return;
            default:
                throw CrispException.InvalidArgument(
                    Field, $"{options.Mode.ToString().ToUpperInvariant()} is not possible for user namespaces");
        }
    }

    private static void Own(string kind, Cri.NamespaceMode mode)
    {
        if (mode == Cri.NamespaceMode.Node)
            throw CrispException.InvalidArgument(
                $"namespace_options.{kind}", "is NODE, which a pod with its own user namespace cannot use");
    }

    private static void Mapping(string kind, RepeatedField<Cri.IDMapping> mappings)
    {
        var field = $"{Field}.{kind}";
        if (mappings.Count != 1)
            throw CrispException.InvalidArgument(field, $"has {mappings.Count} mappings; exactly one is possible");
        Cri.IDMapping mapping = mappings[0];
        if (mapping.ContainerId != 0 || mapping.Length == 0)
            throw CrispException.InvalidArgument(field, "does not map ID 0 of the container");
        if (uint.MaxValue - mapping.HostId < mapping.Length)
            throw CrispException.InvalidArgument(
                field, $"{mapping.Length} IDs from {mapping.HostId} are more than there are");
    }
}
