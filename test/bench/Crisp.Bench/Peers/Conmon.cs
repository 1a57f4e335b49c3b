using System.Diagnostics;
using System.Text.Json.Nodes;
using Crisp.Bench.Cases;
using Crisp.Bench.Report;
using Crisp.Testing;

namespace Crisp.Bench.Peers;

/// <summary>
/// Debian's conmon with runc and a bundle of busybox: the measure for crisp's monitor. There is no daemon here, so only
/// what conmon itself does can be compared: its log and its memory.
/// </summary>
public sealed class Conmon(Results results, string directory, string binaries)
{
    public const string Name = "conmon";

    /// <summary>The log of a load, and what it costs conmon.</summary>
    public async Task LogAsync(LogLoad load, int run)
    {
        var id = $"crispbench-conmon-{load.LineBytes}-{run}";
        var bundle = await StartAsync(id, load.Command);
        var seconds = await LogEnds.SecondsAsync(Path.Combine(bundle, "log"));
        results.Add(load.Speed, Name, LogLoad.Megabytes / seconds);
        results.Add(load.Cpu,
            Name, ProcessTime.SecondsOf(ProcessMemory.PidsNamed("conmon", directory)) * 1000 / LogLoad.Megabytes);
        await EndAsync(id, bundle);
    }

    /// <summary>The memory of conmons beside containers that sleep.</summary>
    public async Task MemoryAsync(int count, Figure dirty, Figure proportional)
    {
        var bundles = new List<(string Id, string Path)>();
        for (var i = 0; i < count; i++)
        {
            var id = $"crispbench-conmon-memory-{i}";
            bundles.Add((id, await StartAsync(id, "exec sleep 600")));
        }

        foreach (var memory in ProcessMemory.Named("conmon", directory))
        {
            results.Add(dirty, Name, memory.PrivateDirtyMegabytes);
            results.Add(proportional, Name, memory.ProportionalMegabytes);
        }

        foreach (var (id, path) in bundles)
            await EndAsync(id, path);
    }

    private async Task<string> StartAsync(string id, string command)
    {
        var bundle = await BundleAsync(id, command);
        await ConmonAsync(id, bundle);
        await ProgramAsync("runc", "--root", Path.Combine(directory, "runc"), "start", id);
        return bundle;
    }

    private async Task EndAsync(string id, string bundle)
    {
        await ProgramAsync("runc", "--root", Path.Combine(directory, "runc"), "kill", id, "KILL");
        await ExitAsync(id);
        await ProgramAsync("runc", "--root", Path.Combine(directory, "runc"), "delete", "--force", id);
        Directory.Delete(bundle, recursive: true);
    }

    private async Task<string> BundleAsync(string id, string command)
    {
        var bundle = Path.Combine(directory, id);
        var bin = Directory.CreateDirectory(Path.Combine(bundle, "rootfs", "bin")).FullName;
        File.Copy("/bin/busybox", Path.Combine(bin, "busybox"));
        foreach (var applet in (string[])["sh", "yes", "head", "cat", "sleep"])
            File.CreateSymbolicLink(Path.Combine(bin, applet), "busybox");
        Directory.CreateDirectory(Path.Combine(directory, "exits"));

        await ProgramAsync("runc", "spec", "--bundle", bundle);
        var path = Path.Combine(bundle, "config.json");
        var spec = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        spec["process"]!["terminal"] = false;
        spec["process"]!["args"] = new JsonArray("/bin/sh", "-c", command);
        spec["process"]!["rlimits"] = new JsonArray();
        spec["linux"]!["cgroupsPath"] = $"/crispbench-conmon/{id}";
        await File.WriteAllTextAsync(path, spec.ToJsonString());
        return bundle;
    }

    /// <summary>
    /// conmon goes to the background before its container is created, so its runtime is asked until it is.
    /// </summary>
    private async Task ConmonAsync(string id, string bundle)
    {
        await LaunchAsync(id, bundle);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await Command.RunAsync("runc", "--root", Path.Combine(directory, "runc"), "state", id))
            .Output.Contains("\"created\""))
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    private Task LaunchAsync(string id, string bundle) => ProgramAsync(
        Path.Combine(binaries, "conmon"),
        "-b", bundle, "-c", id, "-u", id, "-n", id,
        "-r", "/usr/sbin/runc", "--runtime-arg", $"--root={directory}/runc",
        "-p", Path.Combine(bundle, "pidfile"),
        "-l", $"k8s-file:{Path.Combine(bundle, "log")}",
        "--exit-dir", Path.Combine(directory, "exits"),
        "--socket-dir-path", Directory.CreateDirectory(Path.Combine(directory, "sockets")).FullName,
        "--no-sync-log");

    private async Task ExitAsync(string id)
    {
        var exits = Path.Combine(directory, "exits");
        using var watcher = new FileSystemWatcher(exits) { EnableRaisingEvents = true };
        while (!File.Exists(Path.Combine(exits, id)))
            await Task.Run(() => watcher.WaitForChanged(WatcherChangeTypes.All, 20));
        File.Delete(Path.Combine(exits, id));
    }

    private static async Task ProgramAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
