namespace Crisp.Streaming.RemoteCommand;

/// <summary>The channel numbers of exec and attach over WebSocket.</summary>
public static class StreamChannels
{
    public const byte Stdin = 0;

    public const byte Stdout = 1;

    public const byte Stderr = 2;

    public const byte Error = 3;

    public const byte Resize = 4;
}
