using Crisp.Linux;

namespace Crisp.OciRuntime;

/// <summary>
/// The pipes of one streamed exec: the runtime's and its command's ends, and ours. With a terminal the command has
/// that, and the pipes are the runtime's own.
/// </summary>
internal sealed class ExecPipes : IDisposable
{
    private readonly (FileDescriptor Read, FileDescriptor Write) _stdin = Pipes.Create();
    private readonly (FileDescriptor Read, FileDescriptor Write) _stdout = Pipes.Create();
    private readonly (FileDescriptor Read, FileDescriptor Write) _stderr = Pipes.Create();

    public ExecPipes(EventLoop loop, bool hasInput)
    {
        Stdin = new DescriptorStream(_stdin.Write, loop);
        Stdout = new DescriptorStream(_stdout.Read, loop);
        Stderr = new DescriptorStream(_stderr.Read, loop);
        if (!hasInput)
            Stdin.Dispose(); // a pipe that has ended; never /dev/null, see OciRuntimeCli.EmptyInput
    }

    public DescriptorStream Stdin { get; }

    public DescriptorStream Stdout { get; }

    public DescriptorStream Stderr { get; }

    public SpawnRequest AttachTo(SpawnRequest request) =>
        request with { Stdin = _stdin.Read, Stdout = _stdout.Write, Stderr = _stderr.Write };

    /// <summary>After the start: or the streams would never end.</summary>
    public void CloseChildEnds()
    {
        _stdin.Read.Dispose();
        _stdout.Write.Dispose();
        _stderr.Write.Dispose();
    }

    public void Dispose()
    {
        CloseChildEnds();
        Stdin.Dispose();
        Stdout.Dispose();
        Stderr.Dispose();
    }
}
