namespace Crisp.Grpc.Hpack;

/// <summary>One header field, its bytes as they are.</summary>
internal readonly record struct HeaderField(byte[] Name, byte[] Value)
{
    /// <summary>What a field costs beyond its bytes (RFC 7541, section 4.1).</summary>
    private const int Overhead = 32;

    public int Size => Name.Length + Value.Length + Overhead;
}
