namespace Crisp.Ctl.Output;

/// <summary>
/// That a pull goes on, and for how long, drawn on a terminal's error stream. PullImage answers once, at the end, so
/// nobody who speaks only CRI can know how much has come.
/// </summary>
internal sealed class PullProgress : IAsyncDisposable
{
    private const string Frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private const string EraseLine = "\r\u001b[K";

    private readonly Terminal _terminal;
    private readonly string _image;
    private readonly long _started;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _drawing;
    private ulong? _bytes;

    private PullProgress(Terminal terminal, string image)
    {
        _terminal = terminal;
        _image = image;
        _started = terminal.Clock.GetTimestamp();
        _drawing = terminal.IsInteractive ? DrawAsync(_ended.Token) : Task.CompletedTask;
    }

    internal static PullProgress Start(Terminal terminal, string image) => new(terminal, image);

    /// <summary>It has succeeded, and the image has this size.</summary>
    internal void Done(ulong bytes) => _bytes = bytes;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _drawing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        if (!_terminal.IsInteractive) return;
        await _terminal.ErrorText.WriteAsync(EraseLine);
        if (_bytes is { } bytes)
            await _terminal.ErrorText.WriteLineAsync($"pulled {_image}: {HumanSize.Of(bytes, 3)} in {Elapsed()}");
    }

    private async Task DrawAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), _terminal.Clock);
        for (var frame = 0; await timer.WaitForNextTickAsync(ct); frame++)
            await _terminal.ErrorText.WriteAsync(
                $"{EraseLine}{Frames[frame % Frames.Length]} pulling {_image}  {Elapsed()}");
    }

    private string Elapsed() => $"{_terminal.Clock.GetElapsedTime(_started).TotalSeconds:0.0} s";
}
