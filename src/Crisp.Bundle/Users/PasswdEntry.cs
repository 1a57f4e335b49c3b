namespace Crisp.Bundle.Users;

/// <summary>
/// A line of /etc/passwd: name, password, uid, gid, comment, home, shell, with colons between (man 5 passwd).
/// </summary>
internal sealed record PasswdEntry(string Name, uint Uid, uint Gid, string? Home);
