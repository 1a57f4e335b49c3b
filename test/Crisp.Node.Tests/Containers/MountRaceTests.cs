using System.Runtime.InteropServices;
using System.Text.Json;
using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>
/// A directory and a link that change places while containers are made (CVE-2021-25741, CVE-2021-30465): above what is
/// mounted, and at the place where it is mounted, by another container of the pod and from the node. What was looked up
/// is what the container gets, or it is not made; and nothing is made on the node.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class MountRaceTests(string runtime) : NodeFixture(runtime)
{
    private const int Rounds = 30;

    private string _pool = "";
    private string _outside = "";

    /// <summary>A name that is nowhere else, so that it shows wherever it is made.</summary>
    private string Trace => $"{Node.Prefix}-trace";

    [SetUp]
    public void MakePool()
    {
        string mine = Path.Combine(Node.Directory, "races", TestContext.CurrentContext.Test.ID);
        _pool = Directory.CreateDirectory(Path.Combine(mine, "pool")).FullName;
        _outside = Directory.CreateDirectory(Path.Combine(mine, "outside")).FullName;
    }

    [Test]
    public async Task Source_BelowALinkThatComesAndGoes_IsWhatWasLookedUp_OrRefused()
    {
        WriteSource(Path.Combine(_pool, "component"), "inside");
        WriteSource(_outside, "outside");
        Directory.CreateSymbolicLink(Path.Combine(_pool, "link"), _outside);
        Pod pod = await RunPlainPodAsync();
        int made = 0;

        await using (Swap("component", "link"))
        {
            for (int round = 0; round < Rounds; round++)
            {
                ContainerConfig container = ContainerRequest.Named(
                    pod.Config, $"round-{round}", Busybox, "cat", "/volume/who", "/file").With(config =>
                    {
                        config.Mounts.Add(
                            new Mount { ContainerPath = "/volume", HostPath = Path.Combine(_pool, "component/sub") });
                        config.Mounts.Add(
                            new Mount { ContainerPath = "/file", HostPath = Path.Combine(_pool, "component/sub/who") });
                    });
                if (await TryCreateAsync(pod, container, "something changes the path") is not { } id)
                    continue;
                made++;
                string[] sources = await SourcesAsync(id, "/volume", "/file");
                await Cri.StartAsync(id);
                await Cri.ExitedAsync(id);
                Assert.That(
                    (await Cri.LogAsync(id)).Text("stdout"),
                    Is.EqualTo(string.Concat(sources.Select(
                        source => source.StartsWith(_outside, StringComparison.Ordinal) ? "outside\n" : "inside\n"))));
                await Cri.RemoveAsync(id);
            }
        }

        TestContext.Out.WriteLine($"{made} of {Rounds} were made");
        Assert.That(await PrintedAsync(pod, Container(pod, "cat", "/volume/who").With(config => config.Mounts.Add(
            new Mount { ContainerPath = "/volume", HostPath = _outside + "/sub" }))),
            Is.EqualTo("outside"), "it is made when nobody changes it");
    }

    /// <summary>
    /// The second container's volumes lie in the first one's, which turns their way there into a link.
    /// </summary>
    [TestCase("/", false)]
    [TestCase("/", true)]
    [TestCase("outside", false)]
    [TestCase("outside", true)]
    public async Task Target_BelowALinkThatComesAndGoes_IsNeverOnTheNode(string where, bool fromTheNode)
    {
        string to = where == "/" ? "/" : "../../../../../../../.." + _outside;
        Directory.CreateDirectory(Path.Combine(_pool, "x"));
        string other = Directory.CreateDirectory(Path.Combine(_outside, "..", "other")).FullName;
        await File.WriteAllTextAsync(Path.Combine(other, "who"), "other\n");
        Pod pod = await RunPlainPodAsync();
        Mount shared = new() { ContainerPath = "/v", HostPath = _pool };
        Directory.CreateSymbolicLink(Path.Combine(_pool, "link"), to);
        if (!fromTheNode)
        {
            await RunAsync(pod, ContainerRequest.Named(
                pod.Config, "swapper", Busybox, "sh", "-c",
                "cd /v; trap 'exit 0' TERM; while :; do mv x d; mv link x; mv x link; mv d x; done 2>/dev/null")
                .With(config => config.Mounts.Add(shared)));
        }

        await using (fromTheNode ? Swap("x", "link") : null)
        {
            for (int round = 0; round < Rounds; round++)
            {
                ContainerConfig container = ContainerRequest.Named(pod.Config, $"round-{round}", Busybox, "true")
                    .With(config =>
                    {
                        config.Mounts.Add(shared);
                        config.Mounts.Add(new Mount { ContainerPath = $"/v/x/{Trace}", HostPath = other });
                        config.Mounts.Add(
                            new Mount { ContainerPath = $"/v/x/{Trace}-file", HostPath = Path.Combine(other, "who") });
                    });
                if (await TryCreateAsync(pod, container, "") is { } id)
                    await Cri.RemoveAsync(id);
            }
        }

        Assert.That(TakeWhatReachedTheNode(), KnownToMakeNamesOnTheNode ? Is.All.EqualTo("") : Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(other), Is.EqualTo(new[] { Path.Combine(other, "who") }));
        Assert.That(File.ReadLines("/proc/self/mountinfo")
            .Where(line => line.Contains(Trace, StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>
    /// A runtime of which crisp says CVE-2024-45310 may make an empty file or directory on the node, no more.
    /// </summary>
    private bool KnownToMakeNamesOnTheNode => Node.Daemon.Log.Lines.Any(line =>
        line.Contains($" {RuntimeName}", StringComparison.Ordinal)
        && line.Contains("CVE-2024-45310", StringComparison.Ordinal));

    /// <summary>What lies in each file or directory that was made outside of the pool; they are removed.</summary>
    private string[] TakeWhatReachedTheNode()
    {
        List<string> contents = [];
        foreach (string path in (string[])
            [.. Directory.GetFileSystemEntries("/", Trace + "*"), .. Directory.GetFileSystemEntries(_outside)])
        {
            if (File.Exists(path))
            {
                contents.Add(File.ReadAllText(path));
                File.Delete(path);
                continue;
            }

            contents.Add(string.Join(' ', Directory.GetFileSystemEntries(path)));
            Directory.Delete(path);
        }

        return [.. contents];
    }

    private static void WriteSource(string directory, string who)
    {
        Directory.CreateDirectory(Path.Combine(directory, "sub"));
        File.WriteAllText(Path.Combine(directory, "sub/who"), who + "\n");
    }

    /// <summary>
    /// Null where it was refused in these words; without any, by crisp or by the runtime, which may find nothing there.
    /// </summary>
    private async Task<string?> TryCreateAsync(Pod pod, ContainerConfig container, string words)
    {
        try
        {
            return await CreateAsync(pod, container);
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition or StatusCode.Internal)
        {
            Assert.That(refusal.Status.Detail, Does.Contain(words));
            return null;
        }
    }

    /// <summary>Where crisp found the sources of these targets, as config.json says.</summary>
    private async Task<string[]> SourcesAsync(string id, params string[] targets)
    {
        using JsonDocument spec = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(Node.StateRoot, "containers", id, "config.json")));
        return [.. targets.Select(target => spec.RootElement.GetProperty("mounts").EnumerateArray()
            .Single(mount => mount.GetProperty("destination").GetString() == target)
            .GetProperty("source").GetString()!)]; // a bind has one
    }

    /// <summary>
    /// Exchanges two names in the pool without a pause, until it is disposed: renameat2(RENAME_EXCHANGE).
    /// </summary>
    private RunningCommand Swap(string one, string other)
    {
        int renameat2 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 276 : 316;
        string script =
            $"my ($a, $b) = @ARGV; while (1) {{ syscall({renameat2}, -100, $a, -100, $b, 2) == 0 or die $!; }}";
        return RunningCommand.Start("perl", "-e", script, Path.Combine(_pool, one), Path.Combine(_pool, other));
    }
}
