namespace Crisp.Streaming.RemoteCommand;

/// <summary>The headers that say what a SPDY stream is for.</summary>
public static class StreamHeaders
{
    /// <summary>One of the types below.</summary>
    public const string StreamType = "streamType";

    /// <summary>Port-forward: a decimal number.</summary>
    public const string Port = "port";

    /// <summary>Port-forward: the same for the two streams of one connection.</summary>
    public const string RequestId = "requestID";

    public const string Stdin = "stdin";

    public const string Stdout = "stdout";

    public const string Stderr = "stderr";

    public const string Error = "error";

    public const string Resize = "resize";

    public const string Data = "data";
}
