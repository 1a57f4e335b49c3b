namespace Crisp.Streaming.RemoteCommand;

/// <summary>The names that clients and servers agree by, as Kubernetes spells them.</summary>
public static class StreamProtocols
{
    /// <summary>The value of Upgrade for SPDY.</summary>
    public const string Spdy = "SPDY/3.1";

    /// <summary>
    /// The header in which a SPDY client lists protocols, one header a protocol, and the server answers its choice.
    /// </summary>
    public const string VersionHeader = "X-Stream-Protocol-Version";

    /// <summary>WebSocket alone: v4, and channels can be closed one by one.</summary>
    public const string V5 = "v5.channel.k8s.io";

    /// <summary>The error stream ends with a metav1.Status.</summary>
    public const string V4 = "v4.channel.k8s.io";

    /// <summary>Adds the resize stream.</summary>
    public const string V3 = "v3.channel.k8s.io";

    /// <summary>Streams are closed one by one.</summary>
    public const string V2 = "v2.channel.k8s.io";

    /// <summary>Over SPDY the first version; over WebSocket three streams and an error in words.</summary>
    public const string V1 = "channel.k8s.io";

    public const string V4Base64 = "v4.base64.channel.k8s.io";

    public const string V1Base64 = "base64.channel.k8s.io";

    /// <summary>Pairs of SPDY streams, one pair a connection.</summary>
    public const string PortForward = "portforward.k8s.io";

    /// <summary>A SPDY session that speaks <see cref="PortForward"/>, in a WebSocket's binary messages.</summary>
    public const string TunnelledPortForward = "SPDY/3.1+portforward.k8s.io";

    /// <summary>Another name for <see cref="TunnelledPortForward"/>.</summary>
    public const string V2PortForward = "v2.portforward.k8s.io";
}
