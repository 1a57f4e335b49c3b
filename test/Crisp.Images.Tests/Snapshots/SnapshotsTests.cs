using Crisp.Images.Tests.Fakes;
using Crisp.Linux;

namespace Crisp.Images.Tests.Snapshots;

public sealed class SnapshotsTests : StoreFixture
{
    private string Container => $"{Root}/containers/c1";

    [Test]
    public async Task Mount_ShowsTheLayersAsOne()
    {
        var image = TestImage.Of(
            new TarBuilder().Directory("./", 0x1c9, 3, 4).Directory("etc", 0x1c0, 5, 5)
                .File("etc/a", "old").File("etc/gone", "x").File("dir/hidden", "x").Build(),
            new TarBuilder()
                .File("etc/a", "new").File("etc/.wh.gone").File("dir/.wh..wh..opq").File("dir/seen", "1").Build());
        image.PushTo(Registry, "app", "v1");
        var stored = await PullAsync("app:v1");

        var merged = await Store.Snapshots.MountAsync(Container, stored, new SnapshotView(), CancellationToken.None);
        try
        {
            var root = FileStatus.Of(merged);
            var etc = FileStatus.Of($"{merged}/etc");
            Assert.Multiple(() =>
            {
                Assert.That(merged, Is.EqualTo($"{Container}/merged"));
                Assert.That(File.ReadAllText($"{merged}/etc/a"), Is.EqualTo("new"));
                Assert.That(File.Exists($"{merged}/etc/gone"), Is.False);
                Assert.That(
                    Directory.EnumerateFiles($"{merged}/dir").Select(Path.GetFileName), Is.EqualTo((string[])["seen"]));
                Assert.That((root?.Mode & 0xfff, root?.Uid, root?.Gid),
                    Is.EqualTo((0x1c9, 3, 4)), "the root of the base layer");
                Assert.That(
                    (etc?.Mode & 0xfff, etc?.Uid), Is.EqualTo((0x1c0, 5)), "a directory the upper layer only implies");
            });
            File.WriteAllText($"{merged}/etc/a", "mine");
            Assert.That(File.ReadAllText($"{Container}/diff/etc/a"), Is.EqualTo("mine"));
            Assert.That(File.ReadAllText($"{DiffOf(stored, 1)}/etc/a"), Is.EqualTo("new"));
        }
        finally
        {
            await Store.Snapshots.UnmountAsync(Container);
        }
        await Store.Snapshots.UnmountAsync(Container);
        Assert.That(Directory.EnumerateFileSystemEntries(merged), Is.Empty);
    }

    [Test]
    public async Task Mount_OfManyLayers_Works()
    {
        TestImage.Of([.. Enumerable.Range(0, 127).Select(i => TarBuilder.Of(($"f{i}", "1")))])
            .PushTo(Registry, "app", "v1");
        var stored = await PullAsync("app:v1");
        var merged = await Store.Snapshots.MountAsync(Container, stored, new SnapshotView(), CancellationToken.None);
        Assert.That(Directory.EnumerateFiles(merged).Count(), Is.EqualTo(127));
        await Store.Snapshots.MountAsync(Container, stored, new SnapshotView(), CancellationToken.None);
        await Store.Snapshots.UnmountAsync(Container);
    }

    [Test]
    public async Task Mount_OfNoLayers_IsEmpty()
    {
        TestImage.Of().PushTo(Registry, "scratch", "v1");
        var stored = await PullAsync("scratch:v1");
        var merged = await Store.Snapshots.MountAsync(Container, stored, new SnapshotView(), CancellationToken.None);
        Assert.That(Directory.EnumerateFileSystemEntries(merged), Is.Empty);
        await Store.Snapshots.UnmountAsync(Container);
    }
}
