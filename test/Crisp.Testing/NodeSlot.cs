namespace Crisp.Testing;

/// <summary>
/// One of a few places on a machine where a node may run: a short prefix that all its kernel objects carry, a
/// directory that holds all its files, and address ranges of its own. A lock keeps other test runs on the same machine
/// out; whoever takes a slot clears away what a killed run left in it.
/// </summary>
public sealed class NodeSlot : IDisposable
{
    private const int Slots = 16;
    private readonly FileStream _lock;
    private readonly int _number;

    private NodeSlot(int number, FileStream file)
    {
        _number = number;
        _lock = file;
    }

    /// <summary>Four or five characters: interface names have room for fifteen.</summary>
    public string Prefix => $"cnt{_number:x}";

    /// <summary>Short, since unix socket paths end at 107 bytes.</summary>
    public string Directory => $"/tmp/{Prefix}";

    public string Bridge => $"{Prefix}br";

    public string NetworkName => $"{Prefix}net";

    public string Subnet4 => $"10.{208 + _number}.0.0/16";

    public string Subnet6 => $"fd00:c15b:{_number:x}::/64";

    public static NodeSlot Take()
    {
        for (var number = 0; number < Slots; number++)
        {
            try
            {
                return new NodeSlot(number, new FileStream(
                    $"/run/lock/crisp-test-{number:x}", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                // Another run has this one.
            }
        }

        throw new InvalidOperationException($"all {Slots} node slots of this machine are taken");
    }

    public void Dispose() => _lock.Dispose();
}
