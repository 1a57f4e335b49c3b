namespace Grpc.Core;

/// <summary>Wishes about how a message is sent.</summary>
[Flags]
public enum WriteFlags
{
    None = 0,

    /// <summary>More follows at once: need not be flushed yet.</summary>
    BufferHint = 1,

    /// <summary>Send it uncompressed.</summary>
    NoCompress = 2,
}
