using Crisp.Pods.Recovery;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Recovery;

public sealed class LeftoversTests
{
    private static readonly HashSet<string> None = [];

    [Test]
    public async Task PodMadeWhileLeftoversAreRemoved_IsNoneOfThem()
    {
        using var node = new TemporaryNode();
        var leftover = new string('1', 64);
        var later = new string('2', 64);
        Directory.CreateDirectory(node.Layout.Container(leftover));
        Directory.CreateDirectory(node.Layout.Pod(leftover));
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> removedPods = [];
        var leftovers = new Leftovers(
            node.State, id => { removedPods.Add(id); return Task.CompletedTask; }, _ => slow.Task);

        var removal = leftovers.RemoveAsync(None, None);
        Directory.CreateDirectory(node.Layout.Pod(later)); // the daemon has stopped waiting, and serves
        slow.SetResult();
        await removal;

        Assert.That(removedPods, Is.EqualTo((string[])[leftover]));
    }
}
