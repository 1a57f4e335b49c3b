using Crisp.Pods.Work;

namespace Crisp.Pods.Tests.Work;

public sealed class WorkQueueTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly WorkQueue _queue = new();
    private readonly List<int> _order = [];

    [Test]
    public async Task Run_SeveralAtOnce_OneAfterTheOtherInOrder()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _queue.RunAsync(() => gate.Task, CancellationToken.None);
        Task[] later = [.. Enumerable.Range(1, 5)
            .Select(number => _queue.RunAsync(() => NoteAsync(number), CancellationToken.None))];
        Assert.That(_order, Is.Empty);
        gate.SetResult();
        await Task.WhenAll([first, .. later]).WaitAsync(Deadline);
        Assert.That(_order, Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
    }

    [Test]
    public async Task Run_AfterAFailure_RunsAllTheSame()
    {
        var failing = _queue.RunAsync(() => Task.FromException(new IOException("full")), CancellationToken.None);
        var next = _queue.RunAsync(() => NoteAsync(1), CancellationToken.None);
        Assert.That(async () => await failing, Throws.TypeOf<IOException>());
        await next.WaitAsync(Deadline);
        Assert.That(_order, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task Run_CallerLeaves_TheWorkIsDone()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leaving = new CancellationTokenSource();
        var left = _queue.RunAsync(
            async () =>
            {
                await gate.Task;
                await NoteAsync(1);
            },
            leaving.Token);
        await leaving.CancelAsync();
        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());
        gate.SetResult();
        await _queue.RunAsync(() => NoteAsync(2), CancellationToken.None).WaitAsync(Deadline);
        Assert.That(_order, Is.EqualTo(new[] { 1, 2 }));
    }

    private Task NoteAsync(int number)
    {
        _order.Add(number);
        return Task.CompletedTask;
    }
}
