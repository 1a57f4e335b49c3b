namespace Crisp.Linux;

/// <summary>
/// Kinds of namespaces, as unshare(2) and setns(2) number them. User namespaces need another program.
/// </summary>
[Flags]
public enum NamespaceKinds
{
    None = 0,
    Mount = 0x00020000,
    Uts = 0x04000000,
    Ipc = 0x08000000,
    Network = 0x40000000,
}
