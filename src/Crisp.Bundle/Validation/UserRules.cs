using Crisp.Errors;
using Google.Protobuf.Collections;

namespace Crisp.Bundle.Validation;

/// <summary>Refusals of users and groups that contradict each other or are no IDs.</summary>
internal static class UserRules
{
    public static void Validate(Cri.LinuxContainerSecurityContext? security)
    {
        if (security is null)
            return;
        var hasName = security.RunAsUsername.Length > 0;
        // api.proto: "run_as_group should only be specified when run_as_user or run_as_username is specified;
        // otherwise, the runtime MUST error."
        if (security.RunAsGroup is not null && security.RunAsUser is null && !hasName)
            throw CrispException.InvalidArgument("run_as_group", "is given without run_as_user or run_as_username");
        if (security.RunAsUser is not null && hasName)
            throw CrispException.InvalidArgument("run_as_username", "is given together with run_as_user");
        if (security.RunAsUser is { } uid)
            Id("run_as_user", uid.Value);
        if (security.RunAsGroup is { } gid)
            Id("run_as_group", gid.Value);
        Groups(security.SupplementalGroups);
    }

    public static void Sandbox(Cri.LinuxSandboxSecurityContext security)
    {
        if (security.RunAsGroup is not null && security.RunAsUser is null)
            throw CrispException.InvalidArgument("run_as_group", "is given without run_as_user");
        if (security.RunAsUser is { } uid)
            Id("run_as_user", uid.Value);
        if (security.RunAsGroup is { } gid)
            Id("run_as_group", gid.Value);
        Groups(security.SupplementalGroups);
    }

    private static void Groups(RepeatedField<long> groups)
    {
        TextRules.Count("supplemental_groups", groups.Count, Limits.Groups);
        foreach (var gid in groups)
            Id("supplemental_groups", gid);
    }

    public static uint Id(string field, long id) =>
        id is >= 0 and <= Limits.Id
            ? (uint)id
            : throw CrispException.InvalidArgument(field, $"{id} is not an ID between 0 and {Limits.Id}");
}
