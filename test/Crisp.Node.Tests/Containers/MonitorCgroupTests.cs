namespace Crisp.Node.Tests.Containers;

/// <summary>Monitors that are configured to live in their pods' cgroups.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class MonitorCgroupTests(string runtime) : NodeFixture(runtime)
{
    protected override NodeOptions Options => base.Options with { RuntimeSettings = "conmon_cgroup = \"pod\"" };

    [Test]
    public async Task Monitor_LivesInThePodsGroup_WhichIsGoneWithTheContainer()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);
        int monitor = SlotProcesses.Find(Node.Slot).Single(process =>
            SlotProcesses.CommandLine(process).Contains($"crisp-monitor {Node.RunRoot}/m/{id}", StringComparison.Ordinal));
        string group = $"{pod.Config.Linux.CgroupParent}/crio-conmon-{id}";

        string[] groups = await File.ReadAllLinesAsync($"/proc/{monitor}/cgroup");
        Assert.That(groups.Count(line => line.EndsWith(":" + group, StringComparison.Ordinal)), Is.Positive, string.Join('\n', groups));
        Assert.That(Find(group), Is.Not.Empty);

        await Cri.StopAsync(id, 10);
        await Eventually.BecomesTrueAsync("the monitor's group is gone", () => !Find(group).Any());
        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.Zero);
    }

    private static IEnumerable<string> Find(string group) =>
        Directory.GetDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup").Select(mount => mount + group).Where(Directory.Exists);
}
