namespace Crisp.Testing.Spdy;

/// <summary>
/// A session of exec or attach over SPDY as client-go holds it: the streams error, stdin, stdout, stderr, resize in
/// this order, as many as were asked for, each opened when the one before has its reply.
/// </summary>
public sealed class RemoteCommandSession : IAsyncDisposable
{
    private SpdyStream? _stdin;
    private SpdyStream? _stdout;
    private SpdyStream? _stderr;
    private SpdyStream? _resize;

    private RemoteCommandSession(SpdyConnection connection, SpdyStream error)
    {
        Connection = connection;
        Error = error;
    }

    public SpdyConnection Connection { get; }

    public SpdyStream Error { get; }

    public SpdyStream Stdin => _stdin ?? throw new InvalidOperationException("stdin was not asked for");

    public SpdyStream Stdout => _stdout ?? throw new InvalidOperationException("stdout was not asked for");

    public SpdyStream Stderr => _stderr ?? throw new InvalidOperationException("stderr was not asked for");

    public static async Task<RemoteCommandSession> OpenAsync(
        RemoteCommandRequest request, CancellationToken cancellationToken)
    {
        var connection = await SpdyConnection.OpenAsync(
            new UpgradeRequest(request.Url) { Protocols = request.Protocols }, request.Temper, cancellationToken);
        try
        {
            var session = new RemoteCommandSession(connection, await OpenAsync(connection, "error", cancellationToken));
            if (request.Stdin)
                session._stdin = await OpenAsync(connection, "stdin", cancellationToken);
            if (request.Stdout)
                session._stdout = await OpenAsync(connection, "stdout", cancellationToken);
            if (request.Stderr && !request.Tty)
                session._stderr = await OpenAsync(connection, "stderr", cancellationToken);
            if (request.Tty && connection.Protocol is "v4.channel.k8s.io" or "v3.channel.k8s.io")
                session._resize = await OpenAsync(connection, "resize", cancellationToken);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs to the end: what was written, and how it ended.</summary>
    public async Task<(string Stdout, string Stderr, RemoteCommandResult Result)> FinishAsync(
        CancellationToken cancellationToken)
    {
        var stdout = _stdout?.ReadTextAsync(cancellationToken) ?? Task.FromResult("");
        var stderr = _stderr?.ReadTextAsync(cancellationToken) ?? Task.FromResult("");
        return (await stdout, await stderr, await ResultAsync(cancellationToken));
    }

    public async Task<RemoteCommandResult> ResultAsync(CancellationToken cancellationToken) =>
        RemoteCommandResult.Parse(Connection.Protocol, await Error.ReadTextAsync(cancellationToken));

    public Task ResizeAsync(int width, int height, CancellationToken cancellationToken) =>
        (_resize ?? throw new InvalidOperationException($"{Connection.Protocol} without a tty has no resize stream"))
            .WriteTextAsync($$"""{"Width":{{width}},"Height":{{height}}}""" + "\n", cancellationToken);

    /// <summary>Breaks the connection off. What client-go does before: <see cref="CloseAsync"/>.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await Connection.SendAsync(SpdyFrame.GoAway(0), cancellationToken);
        await Connection.DisposeAsync();
    }

    private static Task<SpdyStream> OpenAsync(
        SpdyConnection connection, string type, CancellationToken cancellationToken) =>
        connection.OpenStreamAsync([new("streamtype", type)], cancellationToken);
}
