using System.Text.Json;

namespace Crisp.Node.Tests.Cni;

/// <summary>A network of CNI 1.1: STATUS decides whether the network is ready, GC frees what no pod has.</summary>
[TestFixture("runc")]
public class CniElevenTests(string runtime) : CniDoubleFixture(runtime)
{
    private string Verdict => Path.Combine(Node.Directory, "status.json");

    private string Calls => Path.Combine(Node.Directory, "calls");

    private string Script => $$"""
        input=$(cat)
        case "$CNI_COMMAND" in
        STATUS) if [ -e {{Verdict}} ]; then cat {{Verdict}}; exit 1; fi ;;
        GC) echo "$input" | tr -d '\n' >> {{Calls}}; echo >> {{Calls}} ;;
        ADD) echo '{"cniVersion": "1.1.0", "interfaces": [{"name": "eth0", "sandbox": "'$CNI_NETNS'"}], "ips": [{"address": "10.99.0.2/24", "interface": 0}]}' ;;
        esac
        exit 0
        """;

    [SetUp]
    public async Task UseAsync()
    {
        File.Delete(Verdict);
        File.Delete(Calls);
        await Node.Network.UseDoubleAsync(Script);
        await Node.Network.WriteAsync(
            $$"""{"cniVersion": "1.1.0", "name": "{{Node.Slot.NetworkName}}", "plugins": [{"type": "double"}]}""");
    }

    [Test]
    public async Task Status_FollowsWhatThePluginSays()
    {
        await File.WriteAllTextAsync(Verdict + ".new",
            """{"cniVersion": "1.1.0", "code": 50, "msg": "the fabric is down", "details": "call the electrician"}""");
        File.Move(Verdict + ".new", Verdict); // whole, or not there
        var down = await NetworkReadyAsync(false);
        Assert.That(down.Message, Does.Contain("the fabric is down"));
        Assert.That(down.Reason, Is.EqualTo("NetworkPluginNotReady"));

        File.Delete(Verdict);
        await NetworkReadyAsync(true);
    }

    [Test]
    public async Task Gc_AfterAStart_NamesThePodsThatAreThere()
    {
        var pod = await RunPodAsync();
        await Node.RestartDaemonAsync();

        var call = await Eventually.GetAsync(
            "GC was called", () => Task.FromResult(File.Exists(Calls) ? File.ReadAllText(Calls).Trim() : ""),
            text => text.Length > 0);
        using var configuration = JsonDocument.Parse(call); // one call only
        Assert.That(
            configuration.RootElement.GetProperty("cni.dev/valid-attachments").EnumerateArray()
                .Select(attachment => attachment.GetProperty("containerID").GetString()),
            Is.EqualTo(new[] { pod.Id }));
    }
}
