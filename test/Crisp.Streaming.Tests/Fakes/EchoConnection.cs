namespace Crisp.Streaming.Tests.Fakes;

/// <summary>A server in a pod that sends back what it gets and closes after its client.</summary>
internal sealed class EchoConnection : IForwardedConnection
{
    private readonly DuplexStream _mine;
    private readonly Task _echo;

    public EchoConnection()
    {
        (_mine, DuplexStream other) = DuplexStream.Pair();
        _echo = EchoAsync(other);
    }

    public Stream Stream => _mine;

    public void CloseWrite() => _mine.CloseWrite();

    public async ValueTask DisposeAsync()
    {
        await _mine.DisposeAsync();
        await _echo.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task EchoAsync(DuplexStream stream)
    {
        await stream.CopyToAsync(stream);
        stream.CloseWrite();
    }
}
