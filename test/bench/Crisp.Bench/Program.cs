using Crisp.Bench;
using Crisp.Bench.Cases;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Crisp.Testing;
using Crisp.Testing.Registries;

// Usage: Crisp.Bench [DIRECTORY [RUNS [CASE,CASE...]]]. Every peer runs in DIRECTORY at the same time and is driven in
// turn, one run after the other, so that what the machine does meanwhile falls on all of them alike.
var directory = args.Length > 0 ? args[0] : "/tmp/crispbench";
var runs = args.Length > 1 ? int.Parse(args[1]) : 15;
var cases = args.Length > 2 ? args[2].Split(',', StringSplitOptions.RemoveEmptyEntries) : [];
if (Directory.Exists(directory))
    Directory.Delete(directory, recursive: true);
Directory.CreateDirectory(directory);

var results = new Results();
await using var registry = await TestRegistry.StartAsync(Path.Combine(directory, "registry"));
var images = await BenchImages.PushAsync(registry.Client);
var network = await BenchNetwork.ConfigureAsync(directory);
var containerdPackage = Path.GetDirectoryName(await Repository.PackageFileAsync("containerd", "usr/bin/containerd"))!;
var conmonPackage = Path.GetDirectoryName(await Repository.PackageFileAsync("conmon", "usr/bin/conmon"))!;

Peer[] peers =
[
    new ContainerdPeer(Path.Combine(directory, "containerd"), containerdPackage, network, images.Pause),
    new CrispPeer(Path.Combine(directory, "crisp-runc"), "runc", "/usr/sbin/runc", network),
    new CrispPeer(Path.Combine(directory, "crisp-crun"), "crun", "/usr/bin/crun", network),
];
try
{
    foreach (var peer in peers)
    {
        await peer.StartAsync();
        await peer.Images.PullImageAsync(new() { Image = new() { Image = images.Busybox } });
        await peer.Images.PullImageAsync(new() { Image = new() { Image = images.Pause } });
    }

    await InTurnAsync("pod cycles", async run =>
    {
        foreach (var peer in peers)
        {
            await new PodCycle(results, images.Busybox, hostNetwork: false).RunAsync(peer, run, counted: run > 0);
            await new PodCycle(results, images.Busybox, hostNetwork: true).RunAsync(peer, run, counted: run > 0);
        }
    }, runs + 1);
    await InTurnAsync("pull", async _ =>
    {
        foreach (var peer in peers)
            await new Pull(results, images.Large).RunAsync(peer);
    }, 5);
    await InTurnAsync("exec", async _ =>
    {
        foreach (var peer in peers)
            await new ExecSync(results, images.Busybox).RunAsync(peer, 100);
    }, 1);
    await InTurnAsync("exec stream", async _ =>
    {
        foreach (var peer in peers)
            await new ExecStream(results, images.Busybox).RunAsync(peer);
    }, 3);
    var conmon = new Conmon(results, Path.Combine(directory, "conmon"), conmonPackage);
    await InTurnAsync("log", async run =>
    {
        foreach (var load in LogLoad.All)
        {
            foreach (var peer in peers)
                await new LogThroughput(results, images.Busybox, load).RunAsync(peer, run);
            await conmon.LogAsync(load, run);
        }
    }, 3);
    await InTurnAsync("many containers", async _ =>
    {
        foreach (var peer in peers)
        {
            // A daemon that has just started: what it pulled and ran before is not what it needs.
            await peer.RestartAsync();
            await new ManyContainers(results, images.Busybox).RunAsync(peer, statsPods: 50, statusPods: 100);
        }

        await conmon.MemoryAsync(100, ManyContainers.MonitorDirty, ManyContainers.MonitorProportional);
    }, 1);
    await InTurnAsync("lists", async _ =>
    {
        foreach (var peer in peers)
            await new PolledLists(results, images.Busybox).RunAsync(peer);
    }, 1);
}
finally
{
    foreach (var peer in peers)
        await peer.DisposeAsync();
    await CleanUpAsync();
}

Console.WriteLine();
Console.WriteLine(
    $"{Machine.Describe()}; {runs} runs, the peers in turn; median (10th–90th percentile), ×ratio to {peers[0].Name}");
Console.WriteLine();
Console.WriteLine(MarkdownTable.Write(results, [.. peers.Select(peer => peer.Name), Conmon.Name]));

async Task InTurnAsync(string what, Func<int, Task> round, int rounds)
{
    if (cases.Length > 0 && !cases.Contains(what))
        return;
    for (var run = 0; run < rounds; run++)
    {
        Console.Error.WriteLine($"{what}: round {run + 1} of {rounds}");
        await round(run);
    }
}

// The v2 hierarchy may be out of sight here (test/with-node-namespace.sh), and have the groups all the same.
async Task CleanUpAsync()
{
    await Command.RunAsync("ip", "link", "delete", "crispbench0");
    var unified = Directory.CreateDirectory(Path.Combine(directory, "cgroup2")).FullName;
    await Command.RunAsync("mount", "-t", "cgroup2", "none", unified);
    foreach (var hierarchy in Directory.EnumerateDirectories("/sys/fs/cgroup").Append(unified))
        await Command.RunAsync(
            "sh", "-c", $"find {hierarchy} -depth -type d -path '*/crispbench-*' -exec rmdir {{}} + 2>/dev/null");
    await Command.RunAsync("umount", unified);
}
