using Crisp.Bundle.Users;
using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle;

/// <summary>
/// Who a container runs as: the request's user, or else the image's, looked up in the container's own passwd and group
/// files. Works on their text, which the caller has read with a bound (CVE-2025-4437, CVE-2026-47262).
/// </summary>
public static class UserResolution
{
    /// <param name="security">linux.security_context, or null.</param>
    /// <param name="imageUser">The image's "user", "user:group", "uid" or "uid:gid"; empty means root.</param>
    /// <param name="passwd">Text of /etc/passwd in the container's root; null where it has none.</param>
    /// <param name="group">Text of /etc/group; null where it has none.</param>
    public static ResolvedUser Resolve(
        Cri.LinuxContainerSecurityContext? security, string? imageUser, string? passwd, string? group)
    {
        UserRules.Validate(security);
        var choice = UserChoice.Of(security, imageUser ?? "");
        var entry = Find(choice, passwd);
        var uid = entry?.Uid ?? choice.User.Number ?? throw Unknown(choice.User, "user", "/etc/passwd");
        var gid = choice.Group is { } wanted ? GroupId(wanted, group) : entry?.Gid ?? 0;
        return new ResolvedUser
        {
            Uid = uid,
            Gid = gid,
            AdditionalGids = AdditionalGids(security, choice, gid, entry, group),
            Home = entry?.Home,
            Username = entry?.Name,
        };
    }

    private static PasswdEntry? Find(UserChoice choice, string? passwd) =>
        choice.User.Number is { } uid
            ? PasswdFile.Find(passwd, entry => entry.Uid == uid)
            : PasswdFile.Find(passwd, entry => entry.Name == choice.User.Text);

    private static uint GroupId(IdOrName wanted, string? group) =>
        wanted.Number ?? GroupFile.Find(group, wanted.Text)?.Gid ?? throw Unknown(wanted, "group", "/etc/group");

    private static uint[] AdditionalGids(
        Cri.LinuxContainerSecurityContext? security, UserChoice choice, uint gid, PasswdEntry? entry, string? group)
    {
        var merge = security?.SupplementalGroupsPolicy != Cri.SupplementalGroupsPolicy.Strict;
        var gids = new List<uint> { gid };
        // An image's "user:group" names the group to be used, and with it says that there are no others (as Docker
        // reads it).
        if (merge && entry is not null && !choice.GroupIsFromImage)
            gids.AddRange(GroupFile.OfMember(group, entry.Name).Take(Limits.Groups));
        if (security is not null)
            gids.AddRange(security.SupplementalGroups.Select(id => (uint)id));
        return gids.Distinct().ToArray();
    }

    private static CrispException Unknown(IdOrName name, string what, string file) =>
        CrispException.InvalidArgument(name.Field, $"{what} \"{name.Text}\" is not in the container's {file}");
}
