using Crisp.Grpc.Client;
using Crisp.Node.Tests.Ctl;
using Crisp.Testing.Images;

namespace Crisp.Node.Tests.Comparison;

/// <summary>
/// The config.json of the same requests by Debian's containerd and by crisp, side by side: each difference is in the
/// table of the README, with its reason, and each row of the table is a difference.
/// </summary>
public class ContainerdComparisonTests
{
    /// <summary>Each difference, and the request by which it was found first.</summary>
    private readonly Dictionary<SpecDifference, string> _differences = [];

    [OneTimeSetUp]
    public async Task TakeDumpsAsync()
    {
        // Not in the slot, whose mounts are cleared away between the runtimes.
        var files = Directory.CreateTempSubdirectory("crisp-kubelet-").FullName;
        TestImage image = TestImage.Oci(
            new TestImageConfig
            {
                Entrypoint = ["/bin/sleep"], Cmd = ["100000"], User = "app", WorkingDir = "/srv/app",
                Env = ["FROM=image"], Volumes = ["/declared"], StopSignal = "SIGUSR1",
                Labels = new Dictionary<string, string> { ["of"] = "image" },
            },
            StandardImages.BaseLayer);
        var saysAll = await NodeRun.Registry.Client.PushAsync(image, "test/says-all", "1");
        ComparedRequest[] all = [.. new ComparedRequests(NodeRun.Slot, files, saysAll).All()];
        await PrepareAsync(files);
        try
        {
            var containerd = await OnContainerdAsync(all);
            foreach (var runtime in new[] { "runc", "crun" })
            {
                foreach (var (request, crisp) in await OnCrispAsync(all, runtime))
                {
                    foreach (SpecDifference difference in SpecDifference.Between(containerd[request], crisp))
                        _differences.TryAdd(difference, request);
                }
            }
        }
        finally
        {
            await Command.OutputAsync("umount", $"{files}/shared");
            Directory.Delete(files, recursive: true);
        }
    }

    [Test]
    public void EveryDifference_IsInTheTable()
    {
        var table = DifferenceTable.Read();
        string[] missing = [.. _differences
            .Where(found => !table.Any(row => row.Explains(found.Key)))
            .Select(found => $"{found.Key}  ({found.Value})")];

        Assert.That(missing, Is.Empty, $"rows for the table:\n{string.Join('\n', missing)}\n");
    }

    [Test]
    public void EveryRow_IsADifference()
    {
        var table = DifferenceTable.Read();
        string[] stale = [.. table.SelectMany(row => row.Stale(_differences.Keys))];

        Assert.That(table, Is.Not.Empty);
        Assert.That(stale, Is.Empty, "patterns that match no difference any more");
    }

    private static async Task PrepareAsync(string files)
    {
        foreach (string directory in new[] { "shared", "token" })
            Directory.CreateDirectory(Path.Combine(files, directory));
        foreach (string file in new[] { "etc-hosts", "termination-log" })
            await File.WriteAllTextAsync(Path.Combine(files, file), "");
        await Command.OutputAsync("mount", "-t", "tmpfs", "none", $"{files}/shared");
        await Command.OutputAsync("mount", "--make-shared", $"{files}/shared");
    }

    private static async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> OnContainerdAsync(
        ComparedRequest[] requests)
    {
        await using ContainerdNode containerd = await ContainerdNode.StartAsync(NodeRun.Slot, NodeRun.Registry);
        using UnixSocketChannel channel = new(containerd.SocketPath);
        CriCalls cri = new(channel.CreateCallInvoker());
        try
        {
            return await TakeAsync(requests, "", new SpecDump(
                cri, containerd.Directory,
                id => $"{containerd.Directory}/run/io.containerd.runtime.v2.task/k8s.io/{id}/config.json"), cri);
        }
        finally
        {
            await Leftovers.ClearAsync(NodeRun.Slot);
        }
    }

    private static async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> OnCrispAsync(
        ComparedRequest[] requests, string handler)
    {
        await using TestNode node = await TestNode.StartAsync(
            NodeRun.Slot, new NodeOptions { Runtime = handler, InsecureRegistries = [NodeRun.Registry.Address] });
        return await TakeAsync(requests, handler, new SpecDump(
            node.Cri, node.Directory, id => Path.Combine(node.StateRoot, "containers", id, "config.json")), node.Cri);
    }

    private static async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> TakeAsync(
        ComparedRequest[] requests, string handler, SpecDump dump, CriCalls cri)
    {
        foreach (string image in requests.Select(request => request.Container.Image.Image).Distinct())
            await cri.PullAsync(image);
        Dictionary<string, IReadOnlyDictionary<string, string>> dumps = [];
        foreach (ComparedRequest request in requests)
            dumps[request.Name] = await dump.TakeAsync(request, handler);
        return dumps;
    }
}
