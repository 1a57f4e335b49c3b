using System.IO.Pipelines;

namespace Crisp.Grpc.Transport;

/// <summary>A connection's two directions, put together anew.</summary>
internal sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input { get; } = input;

    public PipeWriter Output { get; } = output;
}
