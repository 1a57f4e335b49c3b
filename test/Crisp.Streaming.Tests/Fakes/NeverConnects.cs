namespace Crisp.Streaming.Tests.Fakes;

/// <summary>A pod whose ports neither take a connection nor refuse it.</summary>
internal sealed class NeverConnects : IStreamTargets
{
    public Task<int> ExecAsync(ExecRequest request, RemoteStreams streams, CancellationToken vanished) =>
        throw new NotSupportedException();

    public Task AttachAsync(AttachRequest request, RemoteStreams streams, CancellationToken vanished) =>
        throw new NotSupportedException();

    public async Task<IForwardedConnection> ConnectAsync(string podId, ushort port, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new NotSupportedException();
    }
}
