namespace Crisp.Testing.Spdy;

/// <summary>How a client keeps the specification's rules about windows.</summary>
public enum SpdyTemper
{
    /// <summary>
    /// As client-go, with which kubectl, kubelet and crictl are built: it neither sends nor heeds WINDOW_UPDATE, and
    /// leaves it to TCP to slow a sender down.
    /// </summary>
    ClientGo,

    /// <summary>
    /// Windows of 64 KiB for each stream and the session; the peer's are waited for, its own are given back as it
    /// reads.
    /// </summary>
    Specified,
}
