using System.Text.Json;
using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>
/// UpdateContainerResources and UpdatePodSandboxResources, as an in-place resize of kubelet uses them.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class UpdateResourcesTests(string runtime) : NodeFixture(runtime)
{
    private const long Mebibyte = 1 << 20;

    [Test]
    public async Task Cpu_IsChanged_AndTheRestStays()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container => container.Linux.Resources = new LinuxContainerResources
        {
            CpuShares = 512, CpuQuota = 50_000, CpuPeriod = 100_000, MemoryLimitInBytes = 64 * Mebibyte,
        });

        await UpdateAsync(id, new() { CpuShares = 1024, CpuQuota = 80_000, CpusetCpus = "0" });

        LinuxContainerResources status = (await Cri.ContainerAsync(id)).Resources.Linux;
        Assert.Multiple(() =>
        {
            Assert.That(CpuQuota(id), Is.EqualTo("80000 100000"));
            Assert.That(ContainerCgroup.Read(Node, id, "cpuset", "cpuset.cpus", "cpuset.cpus"), Is.EqualTo("0"));
            Assert.That(MemoryLimit(id), Is.EqualTo(64 * Mebibyte));
            Assert.That((status.CpuShares, status.CpuQuota, status.CpuPeriod), Is.EqualTo((1024L, 80_000L, 100_000L)));
            Assert.That((status.CpusetCpus, status.MemoryLimitInBytes), Is.EqualTo(("0", 64 * Mebibyte)));
        });
        if (!ContainerCgroup.IsUnified)
            Assert.That(ContainerCgroup.Read(Node, id, "cpu", "cpu.shares", ""), Is.EqualTo("1024"));
    }

    /// <summary>A container that gets CPUs of its own has no quota on them (kubelet's static CPU manager).</summary>
    [Test]
    public async Task CpuQuota_IsTakenAway_AndComesBack()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container => container.Linux.Resources = new LinuxContainerResources
        {
            CpuShares = 512, CpuQuota = 50_000, CpuPeriod = 80_000,
        });

        await UpdateAsync(id, new() { CpuQuota = -1, CpuPeriod = 100_000, CpusetCpus = "0" });
        Assert.That(CpuQuota(id), Is.EqualTo($"{NoQuota} 100000"));
        Assert.That((await Cri.ContainerAsync(id)).Resources.Linux.CpuQuota, Is.EqualTo(-1));

        await UpdateAsync(id, new() { CpuShares = 1024 });
        Assert.That(CpuQuota(id), Is.EqualTo($"{NoQuota} 100000"), "after an update of something else");

        await UpdateAsync(id, new() { CpuQuota = 60_000 });
        Assert.That(CpuQuota(id), Is.EqualTo("60000 100000"));
    }

    [Test]
    public async Task CpuQuota_NoneFromTheStart()
    {
        Pod pod = await RunPlainPodAsync();

        string id = await RunSleeperAsync(pod, container => container.Linux.Resources = new LinuxContainerResources
        {
            CpuQuota = -1, CpuPeriod = 80_000,
        });

        Assert.That(CpuQuota(id), Is.EqualTo($"{NoQuota} 80000"));
    }

    /// <summary>
    /// On v1 the limit of memory and swap together must never be the lower one, whatever comes first.
    /// </summary>
    [Test]
    public async Task MemoryAndSwap_RiseAndFallTogether()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(
            pod, container => container.Linux.Resources.MemoryLimitInBytes = 64 * Mebibyte);

        foreach (long limit in new[] { 256 * Mebibyte, 32 * Mebibyte, 128 * Mebibyte })
        {
            await UpdateAsync(id, new() { MemoryLimitInBytes = limit, MemorySwapLimitInBytes = limit });
            Assert.That(MemoryLimit(id), Is.EqualTo(limit));
        }

        await UpdateAsync(id, new() { MemoryLimitInBytes = 200 * Mebibyte });
        Assert.That(MemoryLimit(id), Is.EqualTo(200 * Mebibyte), "without a word about swap");
    }

    [Test]
    public async Task MemoryLimit_BelowWhatIsUsed_IsRefused_AndNothingChanges()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunAsync(pod, Container(
            pod, "sh", "-c",
            "trap 'exit 0' TERM; x=$(head -c 20000000 /dev/zero | tr '\\0' x); echo full; sleep 1000 & wait $!")
            .With(container => container.Linux.Resources.MemoryLimitInBytes = 256 * Mebibyte));
        await (await Cri.LogAsync(id)).WaitForAsync("full");
        await Eventually.BecomesTrueAsync("the container uses its memory", () =>
            long.Parse(
                ContainerCgroup.Read(Node, id, "memory", "memory.usage_in_bytes", "memory.current")) > 19 * Mebibyte);

        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => UpdateAsync(id, new() { MemoryLimitInBytes = 14 * Mebibyte }),
            "memory_limit_in_bytes", id);

        Assert.That(MemoryLimit(id), Is.EqualTo(256 * Mebibyte));
        Assert.That((await Cri.ContainerAsync(id)).Resources.Linux.MemoryLimitInBytes, Is.EqualTo(256 * Mebibyte));
        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerRunning));
    }

    [Test]
    public async Task OomScore_IsThatOfEveryProcess()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container => container.Linux.Resources.OomScoreAdj = 500);
        await Eventually.GetAsync(
            "the container has a second process", () => Cri.OutputAsync(id, "sh", "-c", "pidof sleep || true"),
            found => found.Length > 0);

        await UpdateAsync(id, new() { OomScoreAdj = 700 });

        string scores = await Cri.OutputAsync(
            id, "sh", "-c",
            "cat /proc/1/oom_score_adj; for p in /proc/[0-9]*; do grep -qx sleep $p/comm && cat $p/oom_score_adj; done; true");
        Assert.That(scores, Is.EqualTo("700\n700"));
        Assert.That((await Cri.ContainerAsync(id)).Resources.Linux.OomScoreAdj, Is.EqualTo(700));
    }

    [Test]
    public async Task Update_IsRemembered_ByTheNextDaemon()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);
        await UpdateAsync(id, new() { CpuShares = 333 });

        await Node.RestartDaemonAsync();

        Assert.That((await Cri.ContainerAsync(id)).Resources.Linux.CpuShares, Is.EqualTo(333));
        Assert.That(
            (await Cri.ContainerAsync(id)).Resources.Linux.OomScoreAdj, Is.EqualTo(999), "what the request said");
    }

    [Test]
    public async Task CreatedContainer_CanBeUpdated_AnExitedOneNot()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await CreateAsync(pod, Container(pod, "true"));
        await UpdateAsync(id, new() { MemoryLimitInBytes = 48 * Mebibyte });
        Assert.That(MemoryLimit(id), Is.EqualTo(48 * Mebibyte));

        await Cri.StartAsync(id);
        await Cri.ExitedAsync(id);
        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => UpdateAsync(id, new() { CpuShares = 2 }), id,
            "neither created nor running");
    }

    private static readonly TestCaseData[] Nonsense =
    [
        new TestCaseData(new LinuxContainerResources { CpuShares = -1 }, "cpu_shares"),
        new TestCaseData(new LinuxContainerResources { CpuQuota = -7 }, "cpu_quota"),
        new TestCaseData(new LinuxContainerResources { MemoryLimitInBytes = -1 }, "memory_limit_in_bytes"),
        new TestCaseData(new LinuxContainerResources { MemoryLimitInBytes = 1000 }, "memory_limit_in_bytes"),
        new TestCaseData(new LinuxContainerResources
        {
            MemoryLimitInBytes = 64 * Mebibyte,
            MemorySwapLimitInBytes = 32 * Mebibyte
        }, "memory_swap_limit_in_bytes"),
        new TestCaseData(new LinuxContainerResources { OomScoreAdj = 1001 }, "oom_score_adj"),
        new TestCaseData(new LinuxContainerResources { Unified = { ["cgroup.kill"] = "1" } }, "unified"),
    ];

    [TestCaseSource(nameof(Nonsense))]
    public async Task Nonsense_IsRefused(LinuxContainerResources asked, string field)
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);

        await Refused.WithAsync(StatusCode.InvalidArgument, () => UpdateAsync(id, asked), field);

        Assert.That((await Cri.ContainerAsync(id)).Resources.Linux, Is.EqualTo(Container(pod).Linux.Resources));
    }

    [Test]
    public async Task CpusThatTheNodeLacks_AreTheRuntimesError_AndNothingChanges()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);

        await Refused.WithAsync(StatusCode.Internal, () => UpdateAsync(id, new() { CpusetCpus = "4000" }), "cpuset");

        Assert.That((await Cri.ContainerAsync(id)).Resources.Linux.CpusetCpus, Is.Empty);
    }

    [Test]
    public async Task UnknownContainerOrPod_IsNotFound()
    {
        const string Nobody = "abcabcabc";
        await Refused.WithAsync(StatusCode.NotFound, () => UpdateAsync(Nobody, new() { CpuShares = 2 }), Nobody);
        await Refused.WithAsync(
            StatusCode.NotFound,
            () => Cri.Runtime.UpdatePodSandboxResourcesAsync(new() { PodSandboxId = Nobody }).ResponseAsync,
            Nobody);
    }

    [Test]
    public async Task Pod_RemembersItsResources_AlsoOverARestart()
    {
        Pod pod = await RunPlainPodAsync();
        Assert.That(
            (await PodInfoAsync(pod)).GetProperty("resources").GetProperty("cpu_shares").GetInt64(), Is.EqualTo(2));

        await Cri.Runtime.UpdatePodSandboxResourcesAsync(
            new()
            {
                PodSandboxId = pod.Id,
                Overhead = new() { MemoryLimitInBytes = 16 * Mebibyte },
                Resources = new() { CpuShares = 512, CpuQuota = 70_000, CpuPeriod = 100_000 },
            },
            CriCalls.Options());
        await Node.KillDaemonAsync();
        await Node.StartDaemonAsync();

        JsonElement linux = await PodInfoAsync(pod);
        Assert.That(linux.GetProperty("resources").GetProperty("cpu_shares").GetInt64(), Is.EqualTo(512));
        Assert.That(linux.GetProperty("resources").GetProperty("cpu_quota").GetInt64(), Is.EqualTo(70_000));
        Assert.That(
            linux.GetProperty("overhead").GetProperty("memory_limit_in_bytes").GetInt64(), Is.EqualTo(16 * Mebibyte));
    }

    [Test]
    public async Task Pod_Nonsense_IsRefused_AndNothingChanges()
    {
        Pod pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => Cri.Runtime.UpdatePodSandboxResourcesAsync(
                new() { PodSandboxId = pod.Id, Resources = new() { CpuShares = -1 } }, CriCalls.Options())
                    .ResponseAsync,
            "cpu_shares");

        Assert.That(
            (await PodInfoAsync(pod)).GetProperty("resources").GetProperty("cpu_shares").GetInt64(), Is.EqualTo(2));
    }

    private async Task<JsonElement> PodInfoAsync(Pod pod)
    {
        PodSandboxStatusResponse status = await Cri.Runtime.PodSandboxStatusAsync(
            new() { PodSandboxId = pod.Id, Verbose = true }, CriCalls.Options());
        return JsonDocument.Parse(status.Info["info"]).RootElement.GetProperty("config").GetProperty("linux");
    }

    private Task UpdateAsync(string id, LinuxContainerResources asked) =>
        Cri.Runtime.UpdateContainerResourcesAsync(new() { ContainerId = id, Linux = asked }).ResponseAsync;

    private long MemoryLimit(string id) =>
        long.Parse(ContainerCgroup.Read(Node, id, "memory", "memory.limit_in_bytes", "memory.max"));

    private static string NoQuota => ContainerCgroup.IsUnified ? "max" : "-1";

    private string CpuQuota(string id) => ContainerCgroup.IsUnified
        ? ContainerCgroup.Read(Node, id, "", "", "cpu.max")
        : $"{ContainerCgroup.Read(Node, id, "cpu", "cpu.cfs_quota_us", "")} {ContainerCgroup.Read(Node, id, "cpu", "cpu.cfs_period_us", "")}";
}
