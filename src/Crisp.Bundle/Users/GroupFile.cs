namespace Crisp.Bundle.Users;

/// <summary>Reads an image's /etc/group, with the same caution as <see cref="PasswdFile"/>.</summary>
internal static class GroupFile
{
    public static GroupEntry? Find(string? text, string name) =>
        Entries(text).FirstOrDefault(entry => entry.Name == name);

    /// <summary>IDs of the groups that list the user as a member.</summary>
    public static IEnumerable<uint> OfMember(string? text, string user) =>
        Entries(text).Where(entry => IsMember(entry.Members, user)).Select(entry => entry.Gid);

    private static IEnumerable<GroupEntry> Entries(string? text) =>
        (text ?? "").Split('\n').Select(line => ColonLine.Parse(line.AsSpan().TrimEnd('\r'), fields: 4))
            .Where(fields => fields is not null && fields[0].Length > 0 && ColonLine.Id(fields[2]) is not null)
            .Select(fields => new GroupEntry(
                fields![0], ColonLine.Id(fields[2])!.Value, fields[3])); // not null by the line above

    private static bool IsMember(string members, string user)
    {
        foreach (var member in members.AsSpan().Split(','))
        {
            if (members.AsSpan(member).Trim().SequenceEqual(user))
                return true;
        }

        return false;
    }
}
