using System.IO.Pipelines;

namespace Crisp.Streaming.Tests.Fakes;

/// <summary>Two ends of a connection in memory, each as narrow as a socket's buffers are.</summary>
internal sealed class DuplexStream : Stream
{
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Pipe _mine;
    private readonly Pipe _peers;

    private DuplexStream(Pipe mine, Pipe peers)
    {
        (_mine, _peers) = (mine, peers);
        _input = mine.Reader.AsStream();
        _output = peers.Writer.AsStream();
    }

    public static (DuplexStream First, DuplexStream Second) Pair()
    {
        var options = new PipeOptions(
            pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);
        var one = new Pipe(options);
        var other = new Pipe(options);
        return (new DuplexStream(one, other), new DuplexStream(other, one));
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    /// <summary>Our direction ends; reading goes on.</summary>
    public void CloseWrite() => _peers.Writer.Complete();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _output.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _peers.Writer.Complete();
            _mine.Writer.CancelPendingFlush();
            _mine.Reader.CancelPendingRead();
        }

        base.Dispose(disposing);
    }
}
