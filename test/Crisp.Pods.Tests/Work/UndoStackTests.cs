using Crisp.Pods.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crisp.Pods.Tests.Work;

public sealed class UndoStackTests
{
    private readonly List<string> _undone = [];

    [Test]
    public async Task Dispose_NotCommitted_UndoesInReverse()
    {
        await using (var undo = New())
        {
            undo.Push("a", () => _undone.Add("a"));
            undo.Push("b", () => _undone.Add("b"));
        }

        Assert.That(_undone, Is.EqualTo((string[])["b", "a"]));
    }

    [Test]
    public async Task Dispose_Committed_UndoesNothing()
    {
        await using (var undo = New())
        {
            undo.Push("a", () => _undone.Add("a"));
            undo.Commit();
        }

        Assert.That(_undone, Is.Empty);
    }

    [Test]
    public async Task Dispose_OneThrows_TheOthersRun()
    {
        await using (var undo = New())
        {
            undo.Push("a", () => _undone.Add("a"));
            undo.Push("bad", () => throw new IOException("no"));
            undo.Push("c", () => _undone.Add("c"));
        }

        Assert.That(_undone, Is.EqualTo((string[])["c", "a"]));
    }

    [Test]
    public async Task Dispose_UndoHasATokenOfItsOwn()
    {
        await using var undo = New();
        undo.Push("a", cancellation =>
        {
            Assert.That(cancellation.CanBeCanceled, Is.True);
            Assert.That(cancellation.IsCancellationRequested, Is.False);
            return Task.CompletedTask;
        });
    }

    private static UndoStack New() => new("a thing", NullLogger.Instance, TimeProvider.System);
}
