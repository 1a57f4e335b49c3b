namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class OomNotificationTests
{
    [Test]
    public async Task GroupOutOfMemory_IsTold_Once(CancellationToken ct)
    {
        if (Cgroups.IsUnified)
        {
            Assert.That(OomNotification.TryOpen(CgroupLayout.UnifiedMountPoint), Is.Null, "v2 counts in memory.events");
            return;
        }

        var name = $"/crisp-test-{Guid.NewGuid():N}";
        var group = Cgroups.Layout.DirectoryOf("memory", name)!; // v1 hosts of tests have it
        Directory.CreateDirectory(group);
        using var loop = EventLoop.Start();
        try
        {
            CgroupFiles.Write(group, "memory.limit_in_bytes", "4194304");
            using var notification = OomNotification.TryOpen(group)!; // a v1 group has the file
            Assert.That(notification.Take(), Is.False);
            var result = await new ProgramRunner(loop).RunAsync(
                new ProgramRun
                {
                    Spawn = new SpawnRequest
                    {
                        Program = "/bin/sh",
                        Arguments = ["-c",
                            $"echo $$ > {group}/cgroup.procs; x=$(head -c 64000000 /dev/zero | tr '\\0' x); exit 0"],
                    },
                },
                ct);
            Assert.That(result.Exit.Signal, Is.EqualTo(Signals.Kill));
            Assert.That(notification.Take(), Is.True);
            Assert.That(notification.Take(), Is.False);
        }
        finally
        {
            await Cgroups.RemoveAsync(name, TimeProvider.System, CancellationToken.None);
        }
    }

    [Test]
    public void NoSuchGroup_IsNull() => Assert.That(OomNotification.TryOpen("/nowhere"), Is.Null);
}
