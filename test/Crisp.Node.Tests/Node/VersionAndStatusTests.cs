namespace Crisp.Node.Tests.Node;

/// <summary>Version, Status, RuntimeConfig: what kubelet asks before it trusts a node with pods.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class VersionAndStatusTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Version_IsWhatKubeletWantsToHear()
    {
        VersionResponse version = await Cri.Runtime.VersionAsync(new VersionRequest(), CriCalls.Options());

        Assert.Multiple(() =>
        {
            Assert.That(version.Version, Is.EqualTo("0.1.0"));
            Assert.That(version.RuntimeName, Is.Not.Empty);
            Assert.That(version.RuntimeVersion, Is.Not.Empty);
            Assert.That(version.RuntimeApiVersion, Is.EqualTo("v1"));
        });
    }

    [Test]
    public async Task Status_IsReady_AndNamesTheHandlers()
    {
        StatusResponse status = await StatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Condition(status, "RuntimeReady").Status, Is.True);
            Assert.That(Condition(status, "NetworkReady").Status, Is.True, Condition(status, "NetworkReady").Message);
            Assert.That(
                status.RuntimeHandlers.Select(handler => handler.Name), Is.SupersetOf(new[] { "", "crun", "runc" }));
            Assert.That(status.Info, Is.Empty);
            Assert.That(status.Features, Is.EqualTo(new RuntimeFeatures
            {
                SupplementalGroupsPolicy = true,
                MountOptions = true,
                UserNamespacesHostNetwork = status.RuntimeHandlers.Any(handler => handler.Features.UserNamespaces),
            }));
        });
    }

    [Test]
    public async Task Status_Verbose_IsJson()
    {
        StatusResponse status = await Cri.Runtime.StatusAsync(new StatusRequest { Verbose = true }, CriCalls.Options());

        Assert.That(status.Info, Is.Not.Empty);
        foreach (string value in status.Info.Values)
            Assert.That(() => System.Text.Json.JsonDocument.Parse(value), Throws.Nothing);
    }

    /// <summary>
    /// Debian's runc 1.1.5 has some of the fixes, and a number that is older than all of them; so is its crun's.
    /// </summary>
    [Test]
    public async Task RuntimeWithKnownEscapes_IsSaid_InTheLogAndInTheVerboseStatus()
    {
        StatusResponse status = await Cri.Runtime.StatusAsync(new StatusRequest { Verbose = true }, CriCalls.Options());
        using System.Text.Json.JsonDocument handlers = System.Text.Json.JsonDocument.Parse(status.Info["handlers"]);
        System.Text.Json.JsonElement handler = handlers.RootElement.GetProperty(RuntimeName);
        string[] escapes = [.. handler.GetProperty("knownEscapes")
            .EnumerateArray().Select(escape => escape.GetString()!)]; // an array of texts
        string version = handler.GetProperty("version").GetString()!; // always a text
        string[] said = [.. Node.Daemon.Log.Lines.Where(
            line => line.Contains($"handler {RuntimeName}: release ", StringComparison.Ordinal))];

        Assert.That(version, Is.Not.Empty);
        Assert.That(said, Has.Length.EqualTo(escapes.Length > 0 ? 1 : 0));
        Assert.That(string.Concat(said),
            escapes.Length > 0 ? Does.Contain(version).And.Contain(escapes[0]).And.Contain("warn") : Is.Empty);
    }

    [Test]
    public async Task NetworkReady_FollowsTheConfiguration_WithoutARestart()
    {
        Node.Network.Remove();
        RuntimeCondition gone = await NetworkReadyAsync(false);
        Assert.That(gone.Message, Does.Contain(Node.Network.ConfigurationDirectory));
        Assert.That(gone.Reason, Is.Not.Empty);
        await Refused.ExpectAsync(() => RunPodAsync());
        await RunPlainPodAsync();

        await Node.Network.WriteAsync(
            """{"cniVersion": "1.0.0", "name": "broken", "plugins": [{"type": "no-such-plugin"}]}""");
        Assert.That((await NetworkReadyAsync(false, "no-such-plugin")).Message, Does.Contain("no-such-plugin"));

        await Node.Network.ConfigureAsync();
        await NetworkReadyAsync(true);
        await RunPodAsync();
    }

    [Test]
    public async Task RuntimeConfig_NamesTheCgroupDriver() =>
        Assert.That(
            (await Cri.Runtime.RuntimeConfigAsync(new RuntimeConfigRequest(), CriCalls.Options())).Linux.CgroupDriver,
            Is.EqualTo(CgroupDriver.Cgroupfs));

    [Test]
    public async Task UpdateRuntimeConfig_IsAccepted() =>
        await Cri.Runtime.UpdateRuntimeConfigAsync(
            new UpdateRuntimeConfigRequest
            {
                RuntimeConfig = new RuntimeConfig { NetworkConfig = new NetworkConfig { PodCidr = "10.1.0.0/24" } },
            },
            CriCalls.Options());

    [Test]
    public void Socket_IsForOwnerAndGroup() =>
        Assert.That((int)File.GetUnixFileMode(Node.SocketPath), Is.EqualTo(0x1b0 /* 0660 */));

    [Test]
    public async Task EveryCall_IsOneLineInTheLog()
    {
        Pod pod = await RunPlainPodAsync();

        Assert.That(
            (await Node.LogUpToNowAsync()).Lines.Count(line =>
                line.Contains("RunPodSandbox", StringComparison.Ordinal)
                    && line.Contains(pod.Id[..12], StringComparison.Ordinal)),
            Is.EqualTo(1));
    }

    private async Task<StatusResponse> StatusAsync() =>
        await Cri.Runtime.StatusAsync(new StatusRequest(), CriCalls.Options());

    private Task<RuntimeCondition> NetworkReadyAsync(bool ready, string message = "") => Eventually.GetAsync(
        $"NetworkReady is {ready}", async () => Condition(await StatusAsync(), "NetworkReady"),
        condition => condition.Status == ready && condition.Message.Contains(message, StringComparison.Ordinal));

    private static RuntimeCondition Condition(StatusResponse status, string type) =>
        status.Status.Conditions.Single(condition => condition.Type == type);
}
