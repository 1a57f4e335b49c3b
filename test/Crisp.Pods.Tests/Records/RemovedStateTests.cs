using Crisp.Pods.Records;
using Crisp.Pods.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crisp.Pods.Tests.Records;

internal sealed class RemovedStateTests : IDisposable
{
    private readonly TemporaryNode _node = new();

    public void Dispose() => _node.Dispose();

    [Test]
    public async Task TakeRestoreFiles_LeavesTheLogOfTheRestore_AndAllElseOfTheContainer()
    {
        var container = _node.WriteContainer(TemporaryNode.ContainerRecord(ContainerStage.Running));
        var restore = Path.Combine(container.Directory, FileNames.Restore);
        Directory.CreateDirectory(Path.Combine(restore, "checkpoint"));
        foreach (var name in (string[])["checkpoint/pages-1.img", "rootfs-diff.tar", "restore.log"])
            await File.WriteAllTextAsync(Path.Combine(restore, name), name);
        Directory.CreateDirectory(_node.Layout.RunContainers);

        await using (var removed = new RemovedState(_node.Layout, NullLogger.Instance))
        {
            removed.TakeRestoreFiles(container.Id);
            removed.TakeRestoreFiles(container.Id);
            removed.TakeRestoreFiles(new string('0', 64));
        }

        Assert.That(
            Directory.GetFileSystemEntries(restore), Is.EqualTo(new[] { Path.Combine(restore, "restore.log") }));
        Assert.That(File.Exists(Path.Combine(container.Directory, FileNames.Record)), Is.True);
        Assert.That(Directory.GetFileSystemEntries(_node.Layout.StateTrash), Is.Empty);
    }
}
