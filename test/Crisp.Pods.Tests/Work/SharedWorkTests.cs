using Crisp.Pods.Work;

namespace Crisp.Pods.Tests.Work;

public sealed class SharedWorkTests
{
    private readonly SharedWork _work = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    [Test]
    public async Task Run_Twice_RunsOnceAndBothWait()
    {
        var first = RunAsync();
        var second = RunAsync();
        _gate.SetResult();
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That(_runs, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_AfterTheEnd_RunsAgain()
    {
        _gate.SetResult();
        await RunAsync();
        await RunAsync();
        Assert.That(_runs, Is.EqualTo(2));
    }

    [Test]
    public async Task Run_CallerLeaves_WorkGoesOn()
    {
        using var leaving = new CancellationTokenSource();
        var call = RunAsync(leaving.Token);
        await leaving.CancelAsync();
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        var joined = RunAsync();
        _gate.SetResult();
        await joined.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That(_runs, Is.EqualTo(1));
    }

    private Task RunAsync(CancellationToken patience = default) => _work.RunAsync(
        async () =>
        {
            Interlocked.Increment(ref _runs);
            await _gate.Task;
        },
        patience);
}
