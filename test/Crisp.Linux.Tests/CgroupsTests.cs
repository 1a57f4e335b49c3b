namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class CgroupsTests
{
    [Test]
    public async Task Group_WithProcesses_IsKilledAndRemoved(CancellationToken ct)
    {
        if (Environment.UserName != "root" || Cgroups.Layout.Controllers.Count == 0)
            Assert.Fail("needs root and cgroups");
        var group = $"/crisp-test-{Guid.NewGuid():N}";
        using var loop = EventLoop.Start();
        Cgroups.Create(group + "/inner");
        using var child = ChildProcess.Start(
            new SpawnRequest { Program = "/bin/sleep", Arguments = ["1000"] });
        foreach (var mount in Cgroups.Layout.Controllers.Values.Distinct())
            CgroupFiles.Write($"{mount}{group}/inner", "cgroup.procs", $"{child.Id}");

        Assert.That(Cgroups.Processes(group), Is.EqualTo(new[] { child.Id }));
        Assert.That(Cgroups.TryRemove(group)?.Errno, Is.EqualTo(Errno.EBUSY));
        await Cgroups.KillAsync(group, loop, ct);
        Assert.That(child.TryReap()!.Value.ToShellCode(), Is.EqualTo(137));
        await Cgroups.RemoveAsync(group, TimeProvider.System, ct);
        Assert.That(Cgroups.Exists(group), Is.False);
        await Cgroups.KillAsync(group, loop, ct);
        await Cgroups.RemoveAsync(group, TimeProvider.System, ct);
    }

    [Test]
    public void Layout_Separate_MapsEachController()
    {
        var layout = CgroupLayout.From(
        [
            Mount("/sys/fs/cgroup", "tmpfs", "rw,mode=755"),
            Mount("/sys/fs/cgroup/cpu,cpuacct", "cgroup", "rw,cpu,cpuacct"),
            Mount("/sys/fs/cgroup/systemd", "cgroup", "rw,name=systemd"),
            Mount("/sys/fs/cgroup/unified", "cgroup2", "rw"),
        ], "");
        Assert.Multiple(() =>
        {
            Assert.That(layout.IsUnified, Is.False);
            Assert.That(layout.DirectoryOf("cpuacct", "/a/b"), Is.EqualTo("/sys/fs/cgroup/cpu,cpuacct/a/b"));
            Assert.That(layout.DirectoryOf("memory", "/a"), Is.Null);
            Assert.That(layout.Hierarchies, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void Layout_OfAHierarchyThatSomethingElseCovers_LeavesItOut()
    {
        var layout = CgroupLayout.From(
        [
            Mount("/sys/fs/cgroup", "tmpfs", "rw,mode=755"),
            Mount("/sys/fs/cgroup/pids", "cgroup", "rw,pids"),
            Mount("/sys/fs/cgroup/unified", "cgroup2", "rw"),
            Mount("/sys/fs/cgroup/unified", "tmpfs", "rw"),
        ], "");
        Assert.That(layout.Hierarchies, Is.EqualTo(new[] { "/sys/fs/cgroup/pids" }));
    }

    [Test]
    public void Layout_Unified_HasEveryControllerInOnePlace()
    {
        var layout = CgroupLayout.From(
            [Mount("/sys/fs/cgroup", "cgroup2", "rw")], "cpuset cpu io memory hugetlb pids\n");
        Assert.Multiple(() =>
        {
            Assert.That(layout.IsUnified);
            Assert.That(layout.DirectoryOf("pids", "x"), Is.EqualTo("/sys/fs/cgroup/x"));
        });
    }

    private static MountInfo Mount(string point, string type, string options) => new()
    {
        Id = 1,
        ParentId = 1,
        Device = "0:1",
        Root = "/",
        MountPoint = point,
        Options = "rw",
        OptionalFields = [],
        FileSystemType = type,
        Source = "none",
        SuperOptions = options,
    };
}
