using System.Text;

namespace Crisp.Ctl.Tests.Fakes;

/// <summary>Keeps what is written and lets a test wait until something is there.</summary>
internal sealed class WatchedStream : MemoryStream
{
    private readonly List<(string Text, TaskCompletionSource Seen)> _waits = [];

    internal string Text
    {
        get
        {
            lock (_waits) return Encoding.UTF8.GetString(ToArray());
        }
    }

    internal Task UntilAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waits) _waits.Add((text, seen));
        Tell();
        return seen.Task;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_waits) base.Write(buffer);
        Tell();
    }

    private void Tell()
    {
        var text = Text;
        lock (_waits)
            foreach (var wait in _waits.Where(wait => text.Contains(wait.Text)))
                wait.Seen.TrySetResult();
    }
}
