using Crisp.Errors;
using Google.Protobuf.Collections;

namespace Crisp.Bundle.Validation;

/// <summary>User namespaces: the node's, or one of the pod, which is not honoured yet.</summary>
internal static class UserNamespaceRules
{
    private const string Field = "namespace_options.userns_options";

    public static void Validate(Cri.UserNamespace? options)
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
                throw new CrispException(ErrorKind.Unimplemented, $"{Field}: user namespaces are not supported yet");
            default:
                throw CrispException.InvalidArgument(Field, $"{options.Mode.ToString().ToUpperInvariant()} is not possible for user namespaces");
        }
    }

    private static void Mapping(string kind, RepeatedField<Cri.IDMapping> mappings)
    {
        if (mappings.Count != 1)
            throw CrispException.InvalidArgument($"{Field}.{kind}", $"has {mappings.Count} mappings; exactly one is possible");
        if (mappings[0].ContainerId != 0 || mappings[0].Length == 0)
            throw CrispException.InvalidArgument($"{Field}.{kind}", "does not map ID 0 of the container");
    }
}
