using System.Text.Json;

namespace Crisp.Node.Tests.Observation;

/// <summary>What `crictl inspect`, `inspectp` and `inspecti` show beside the status: JSON under "info".</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class VerboseInfoTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Container_TellsItsProcessItsSpecAndWhatWasAsked()
    {
        Pod pod = await RunPlainPodAsync(config => config.Linux.SecurityContext.Privileged = true);
        string plain = await RunSleeperAsync(pod);
        string privileged = await RunSleeperAsync(pod, container =>
        {
            container.Metadata.Name = "strong";
            container.LogPath = "strong/0.log";
            container.Linux.SecurityContext.Privileged = true;
        });

        JsonElement info = await InfoAsync(plain);
        JsonElement strong = await InfoAsync(privileged);

        Assert.Multiple(() =>
        {
            Assert.That(info.GetProperty("sandboxID").GetString(), Is.EqualTo(pod.Id));
            Assert.That(File.ReadAllText($"/proc/{info.GetProperty("pid").GetInt32()}/cgroup"), Does.Contain(plain));
            Assert.That(info.GetProperty("privileged").GetBoolean(), Is.False);
            Assert.That(strong.GetProperty("privileged").GetBoolean(), Is.True);
            Assert.That(info.GetProperty("runtimeSpec").GetProperty("process").GetProperty("args")[0].GetString(),
                Is.EqualTo("sh"));
            Assert.That(strong.GetProperty("config").GetProperty("metadata").GetProperty("name").GetString(),
                Is.EqualTo("strong"));
            Assert.That(info.GetProperty("config").GetProperty("labels")
                .GetProperty("io.kubernetes.pod.name").GetString(), Is.EqualTo(pod.Config.Metadata.Name));
        });
    }

    [Test]
    public async Task ExitedContainer_HasNoProcess()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunAsync(pod, "true");
        await Cri.ExitedAsync(id);
        Assert.That((await InfoAsync(id)).GetProperty("pid").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Pod_TellsItsNetworkNamespaceAndItsContainers()
    {
        Pod pod = await RunPodAsync(config => config.WithSharedProcesses());
        string id = await RunSleeperAsync(pod);

        PodSandboxStatusResponse status = await StatusAsync(pod.Id, verbose: true);
        JsonElement info = JsonDocument.Parse(status.Info["info"]).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(info.GetProperty("pid").GetInt32(), Is.GreaterThan(1));
            Assert.That(File.Exists(info.GetProperty("netnsPath").GetString()), Is.True);
            Assert.That(
                info.GetProperty("config").GetProperty("hostname").GetString(), Is.EqualTo(pod.Config.Hostname));
            Dictionary<string, string> namespaces = info.GetProperty("runtimeSpec")
                .GetProperty("linux").GetProperty("namespaces").EnumerateArray()
                .ToDictionary(entry => entry.GetProperty("type").GetString()!,
                    entry => entry.GetProperty("path").GetString()!); // both are written always
            Assert.That(namespaces["network"],
                Is.EqualTo(info.GetProperty("netnsPath").GetString()), "where cri-o's users look for it");
            Assert.That(namespaces.Keys, Is.SupersetOf(new[] { "ipc", "uts" }));
            Assert.That(namespaces.Values, Has.All.Matches<string>(File.Exists));
            Assert.That(status.ContainersStatuses.Select(container => container.Id), Is.EqualTo(new[] { id }));
            Assert.That(status.Timestamp, Is.GreaterThanOrEqualTo(status.Status.CreatedAt));
        });
        Assert.That((await StatusAsync(pod.Id, verbose: false)).Info, Is.Empty);
    }

    [Test]
    public async Task Image_TellsItsConfiguration()
    {
        ImageStatusResponse status = await Cri.Images.ImageStatusAsync(
            new ImageStatusRequest { Image = new ImageSpec { Image = Busybox }, Verbose = true }, CriCalls.Options());
        JsonElement info = JsonDocument.Parse(status.Info["info"]).RootElement;
        Assert.That(
            info.GetProperty("imageSpec").GetProperty("config").GetProperty("Cmd")[0].GetString(), Is.EqualTo("sh"));
    }

    private async Task<JsonElement> InfoAsync(string id) =>
        JsonDocument.Parse((await Cri.VerboseContainerAsync(id)).Info["info"]).RootElement;

    private async Task<PodSandboxStatusResponse> StatusAsync(string id, bool verbose) =>
        await Cri.Runtime.PodSandboxStatusAsync(
            new PodSandboxStatusRequest { PodSandboxId = id, Verbose = verbose }, CriCalls.Options());
}
