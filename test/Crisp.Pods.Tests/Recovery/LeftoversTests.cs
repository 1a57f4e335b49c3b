using Crisp.Pods.Recovery;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Recovery;

public sealed class LeftoversTests
{
    private static readonly HashSet<string> None = [];

    [Test]
    public async Task PodMadeWhileLeftoversAreRemoved_IsNoneOfThem()
    {
        using TemporaryNode node = new();
        string leftover = new('1', 64);
        string later = new('2', 64);
        Directory.CreateDirectory(node.Layout.Container(leftover));
        Directory.CreateDirectory(node.Layout.Pod(leftover));
        TaskCompletionSource slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> removedPods = [];
        Leftovers leftovers = new(node.State, id => { removedPods.Add(id); return Task.CompletedTask; }, _ => slow.Task);

        Task removal = leftovers.RemoveAsync(None, None);
        Directory.CreateDirectory(node.Layout.Pod(later)); // the daemon has stopped waiting, and serves
        slow.SetResult();
        await removal;

        Assert.That(removedPods, Is.EqualTo((string[])[leftover]));
    }
}
