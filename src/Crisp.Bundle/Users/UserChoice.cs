using Crisp.Errors;

namespace Crisp.Bundle.Users;

/// <summary>The user and group that count, before any lookup. A null group means the user's own.</summary>
internal sealed record UserChoice(IdOrName User, IdOrName? Group, bool GroupIsFromImage)
{
    public static UserChoice Of(Cri.LinuxContainerSecurityContext? security, string imageUser)
    {
        IdOrName? group = security?.RunAsGroup is { } gid ? IdOrName.Of("run_as_group", gid.Value) : null;
        if (security?.RunAsUser is { } uid)
            return new UserChoice(IdOrName.Of("run_as_user", uid.Value), group, GroupIsFromImage: false);
        if (!string.IsNullOrEmpty(security?.RunAsUsername))
            return new UserChoice(
                IdOrName.Parse("run_as_username", security.RunAsUsername), group, GroupIsFromImage: false);
        return OfImage(imageUser);
    }

    private static UserChoice OfImage(string imageUser)
    {
        const string field = "the image's user";
        if (imageUser.Length == 0)
            return new UserChoice(new IdOrName(field, "0", 0), null, GroupIsFromImage: false);
        var parts = imageUser.Split(':');
        return parts switch
        {
            [var user] => new UserChoice(IdOrName.Parse(field, user), null, GroupIsFromImage: false),
            [var user, ""] => new UserChoice(IdOrName.Parse(field, user), null, GroupIsFromImage: false),
            ["", var group] =>
                new UserChoice(new IdOrName(field, "0", 0), IdOrName.Parse(field, group), GroupIsFromImage: true),
            [var user, var group] =>
                new UserChoice(IdOrName.Parse(field, user), IdOrName.Parse(field, group), GroupIsFromImage: true),
            _ => throw CrispException.InvalidArgument(field, "is not of the form user or user:group"),
        };
    }
}
