namespace Crisp.Streaming.Spdy;

/// <summary>The flags of a frame.</summary>
[Flags]
public enum SpdyFlags
{
    None = 0,

    /// <summary>The sender of this frame sends no more on the stream.</summary>
    Fin = 1,

    /// <summary>SYN_STREAM only: the receiver never sends on the stream.</summary>
    Unidirectional = 2,
}
