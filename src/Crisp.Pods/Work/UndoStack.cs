using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Work;

/// <summary>
/// What has to be taken back if a longer operation fails. Unless committed it runs every entry in reverse on disposal,
/// to the end, whatever one of them throws, and on a token of its own: the caller's may be what ended the operation.
/// </summary>
internal sealed class UndoStack(string subject, ILogger log, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Stack<(string Name, Func<CancellationToken, Task> Undo)> _entries = [];

    internal void Push(string name, Func<CancellationToken, Task> undo) => _entries.Push((name, undo));

    internal void Push(string name, Action undo) => Push(name, _ => Task.Run(undo, CancellationToken.None));

    /// <summary>The operation is done: nothing is taken back.</summary>
    internal void Commit() => _entries.Clear();

    public async ValueTask DisposeAsync()
    {
        if (_entries.Count == 0)
            return;
        using var bound = new CancellationTokenSource(Patience, time);
        while (_entries.TryPop(out var entry))
            await UndoAsync(entry.Name, entry.Undo, bound.Token).ConfigureAwait(false);
    }

    private async Task UndoAsync(string name, Func<CancellationToken, Task> undo, CancellationToken cancellation)
    {
        try
        {
            await undo(cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            log.UndoFailed(name, subject, error);
        }
    }
}
