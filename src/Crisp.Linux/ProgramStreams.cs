namespace Crisp.Linux;

/// <summary>
/// The three standard streams of one <see cref="ProgramRun"/>: our ends, the program's ends, what was read.
/// </summary>
internal sealed class ProgramStreams : IDisposable
{
    private readonly ProgramRun _run;
    private readonly (FileDescriptor Read, FileDescriptor Write)? _stdin;
    private readonly (FileDescriptor Read, FileDescriptor Write) _stdout;
    private readonly (FileDescriptor Read, FileDescriptor Write) _stderr;
    private readonly BoundedOutput _stdoutText;
    private readonly BoundedOutput _stderrText;

    private ProgramStreams(ProgramRun run)
    {
        _run = run;
        _stdout = Pipes.Create();
        _stdout.Read.SetNonBlocking();
        _stderr = Pipes.Create();
        _stderr.Read.SetNonBlocking();
        if (!run.Input.IsEmpty)
        {
            _stdin = Pipes.Create();
            _stdin.Value.Write.SetNonBlocking();
        }

        _stdoutText = new BoundedOutput(run.MaxOutputBytes);
        _stderrText = new BoundedOutput(run.MaxOutputBytes);
    }

    internal static ProgramStreams Create(ProgramRun run) => new(run);

    internal SpawnRequest AttachTo(SpawnRequest request) =>
        request with { Stdin = _stdin?.Read ?? request.Stdin, Stdout = _stdout.Write, Stderr = _stderr.Write };

    /// <summary>After the start: or the streams would never end.</summary>
    internal void CloseChildEnds()
    {
        _stdin?.Read.Dispose();
        _stdout.Write.Dispose();
        _stderr.Write.Dispose();
    }

    internal Task TransferAsync(EventLoop loop, CancellationToken cancellationToken) => Task.WhenAll(
        FeedAsync(loop, cancellationToken),
        CollectAsync(loop, _stdout.Read, _stdoutText, cancellationToken),
        CollectAsync(loop, _stderr.Read, _stderrText, cancellationToken));

    internal ProgramResult Result(ExitStatus exit) => new(
        exit, _stdoutText.ToArray(), _stderrText.ToArray(), _stdoutText.Truncated || _stderrText.Truncated);

    public void Dispose()
    {
        CloseChildEnds();
        _stdin?.Write.Dispose();
        _stdout.Read.Dispose();
        _stderr.Read.Dispose();
    }

    private async Task FeedAsync(EventLoop loop, CancellationToken cancellationToken)
    {
        if (_stdin is not { Write: var pipe })
            return;
        var rest = _run.Input;
        while (!rest.IsEmpty)
        {
            var errno = pipe.Write(rest.Span, out var count);
            rest = rest[count..];
            if (errno == Errno.EAGAIN)
                await loop.WaitWritableAsync(pipe, cancellationToken).ConfigureAwait(false);
            else if (errno != Errno.None)
                break; // EPIPE: the program does not want the rest
        }

        pipe.Dispose();
    }

    private static async Task CollectAsync(
        EventLoop loop, FileDescriptor pipe, BoundedOutput output, CancellationToken cancellationToken)
    {
        while (true)
        {
            await loop.WaitReadableAsync(pipe, cancellationToken).ConfigureAwait(false);
            if (!output.ReadAllFrom(pipe))
                return;
        }
    }
}
