namespace Crisp.Bundle.Users;

/// <summary>A line of /etc/group: name, password, gid, members with commas between (man 5 group).</summary>
internal sealed record GroupEntry(string Name, uint Gid, string Members);
