namespace Crisp.Node.Tests.Containers;

/// <summary>
/// Where monitors live: in their pods' cgroups, in a slice of their handler's, in a group for all of them.
/// </summary>
[TestFixture("crun", "pod", null)]
[TestFixture("runc", "pod", null)]
[TestFixture("crun", "pod", "SLOTmon.slice")]
[TestFixture("runc", "", "SLOTmon.slice")]
[TestFixture("crun", "/SLOTmon", null)]
[TestFixture("runc", "", "pod")]
public class MonitorCgroupTests(string runtime, string ofNode, string? ofHandler) : NodeFixture(runtime)
{
    protected override NodeOptions Options => base.Options with
    {
        RuntimeSettings = $"conmon_cgroup = \"{Named(ofNode)}\"",
        HandlerSettings = ofHandler is null ? "" : $"monitor_cgroup = \"{Wanted}\"",
    };

    [OneTimeTearDown]
    public void RemoveOwnGroup()
    {
        if (Wanted != "pod")
            Find($"/{Wanted.TrimStart('/')}").ToList().ForEach(Directory.Delete);
    }

    [Test]
    public async Task Monitor_LivesThere_AndLeavesNothingOfItsOwn()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);
        int monitor = SlotProcesses.Find(Node.Slot).Single(process =>
            SlotProcesses.CommandLine(process)
                .Contains($"crisp-monitor {Node.RunRoot}/m/{id}", StringComparison.Ordinal));
        string group = Wanted switch
        {
            "pod" => $"{pod.Config.Linux.CgroupParent}/crio-conmon-{id}",
            ['/', ..] => Wanted,
            _ => $"/{Wanted}/crio-conmon-{id}",
        };

        string[] groups = await File.ReadAllLinesAsync($"/proc/{monitor}/cgroup");
        Assert.That(groups.Count(line => line.EndsWith(":" + group, StringComparison.Ordinal)),
            Is.Positive, string.Join('\n', groups));
        Assert.That(Find(group), Is.Not.Empty);

        await Cri.StopAsync(id, 10);
        if (group.EndsWith(id, StringComparison.Ordinal))
            await Eventually.BecomesTrueAsync("the monitor's group is gone", () => !Find(group).Any());
        else
            await Eventually.BecomesTrueAsync("the monitor is gone", () => !Directory.Exists($"/proc/{monitor}"));
        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.Zero);
    }

    private string Wanted => Named(ofHandler ?? ofNode);

    private static string Named(string cgroup) => cgroup.Replace("SLOT", NodeRun.Slot.Prefix, StringComparison.Ordinal);

    private static IEnumerable<string> Find(string group) =>
        Directory.GetDirectories("/sys/fs/cgroup")
            .Append("/sys/fs/cgroup").Select(mount => mount + group).Where(Directory.Exists);
}
