using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>
/// Refusals of sysctls that would change the node: those without a namespace, those of a namespace that the pod shares
/// with the node (CVE-2022-0532), and text that could smuggle in another one (CVE-2022-0811).
/// </summary>
internal static class SysctlRules
{
    public static void Validate(IReadOnlyDictionary<string, string> sysctls, Cri.NamespaceOption namespaces)
    {
        TextRules.Count("linux.sysctls", sysctls.Count, Limits.Sysctls);
        foreach (var sysctl in sysctls)
        {
            var field = $"linux.sysctls[{sysctl.Key}]";
            Key(sysctl.Key);
            Value(field, sysctl.Value);
            switch (PodSysctl.NamespaceOf(sysctl.Key))
            {
                case null:
                    throw CrispException.InvalidArgument(field, "is not namespaced: it would change the whole node");
                case Oci.NamespaceTypes.Network when namespaces.Network == Cri.NamespaceMode.Node:
                    throw CrispException.InvalidArgument(field, "cannot be set: the pod uses the node's network");
                case Oci.NamespaceTypes.Ipc when namespaces.Ipc == Cri.NamespaceMode.Node:
                    throw CrispException.InvalidArgument(field, "cannot be set: the pod uses the node's IPC namespace");
            }
        }
    }

    private static void Key(string key)
    {
        TextRules.Plain("linux.sysctls", key, Limits.NameBytes);
        var wellFormed = key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/')
            && key.Split('.', '/').All(part => part.Length > 0);
        if (!wellFormed)
            throw CrispException.InvalidArgument("linux.sysctls", $"\"{key}\" is not the name of a sysctl");
    }

    private static void Value(string field, string value)
    {
        TextRules.Plain(field, value, Limits.SettingBytes);
        if (value.Contains('+') || value.Contains('='))
            throw CrispException.InvalidArgument(field, "contains \"+\" or \"=\", which no sysctl value needs");
    }
}
