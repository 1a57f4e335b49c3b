using Grpc.Core;

namespace Crisp.Node.Tests.Cni;

/// <summary>A caller that goes away while its pod waits for the network, and asks again.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ImpatientCallerTests(string runtime) : CniDoubleFixture(runtime)
{
    private string Waiting => Path.Combine(Node.Directory, "plugin-waits");

    private string Gate => Path.Combine(Node.Directory, "plugin-gate");

    [SetUp]
    public async Task UseGatedPluginAsync()
    {
        await Command.OutputAsync("mkfifo", Gate);
        await UseDoubleAsync($$"""
            [ "$CNI_COMMAND" = ADD ] || exit 0
            : > {{Waiting}}
            read -r go < {{Gate}}
            echo '{"cniVersion": "1.0.0", "ips": [{"address": "192.0.2.7/24"}]}'
            """);
    }

    [TearDown]
    public void RemoveGate()
    {
        File.Delete(Gate);
        File.Delete(Waiting);
    }

    [Test]
    public async Task AskingAgainBeforeThePodIsMade_GetsIt_Once()
    {
        var config = PodRequest.Of(Node);
        // for both, since it waits for nobody then
        using var gate = new FileStream(Gate, FileMode.Open, FileAccess.ReadWrite);
        Task<string> again;
        try
        {
            await GoAwayWhileItIsMadeAsync(config);
            again = Cri.RunPodAsync(config);
        }
        finally
        {
            await OpenAsync(gate);
        }

        var id = await again;

        Assert.That((await Cri.ListPodsAsync()).Single().Id, Is.EqualTo(id));
        await Refused.WithAsync(StatusCode.AlreadyExists, () => Cri.RunPodAsync(config), id);
    }

    [Test]
    public async Task AskingAgainWhenThePodIsMade_GetsIt_Once()
    {
        var config = PodRequest.Of(Node);
        using var gate = new FileStream(Gate, FileMode.Open, FileAccess.ReadWrite);
        try
        {
            await GoAwayWhileItIsMadeAsync(config);
        }
        finally
        {
            await OpenAsync(gate);
        }

        var made = await Eventually.GetAsync("the pod is made", () => Cri.ListPodsAsync(), pods => pods.Count == 1);

        Assert.That(await Cri.RunPodAsync(config), Is.EqualTo(made[0].Id));
        await Refused.WithAsync(StatusCode.AlreadyExists, () => Cri.RunPodAsync(config), made[0].Id);
    }

    private async Task GoAwayWhileItIsMadeAsync(PodSandboxConfig config)
    {
        var before = Node.Daemon.Log.Lines.Count;
        using var leaving = new CancellationTokenSource();
        Task first = Cri.Runtime.RunPodSandboxAsync(
            new RunPodSandboxRequest { Config = config }, CriCalls.Options(cancellationToken: leaving.Token))
                .ResponseAsync;
        await Eventually.BecomesTrueAsync("the plugin waits", () => File.Exists(Waiting));
        await leaving.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<Exception>());
        await Eventually.BecomesTrueAsync(
            "the daemon knows that its client has gone", () => Node.Daemon.Log.Lines.Skip(before).Any(line =>
                line.Contains("RunPodSandbox", StringComparison.Ordinal)
                && line.Contains("retry the same request", StringComparison.Ordinal)));
    }

    private static async Task OpenAsync(FileStream gate)
    {
        await gate.WriteAsync("go\n"u8.ToArray());
        await gate.FlushAsync();
    }
}
