using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>What runs in a container: entrypoint, command, arguments, working directory and environment.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class CommandTests(string runtime) : NodeFixture(runtime)
{
    [OneTimeSetUp]
    public async Task PullAsync() => await Cri.PullAsync(NodeRun.WithEntrypoint);

    // The table of Kubernetes' documentation; the image has entrypoint `echo entrypoint` and command `cmd`.
    [TestCase(new string[0], new string[0], "entrypoint cmd")]
    [TestCase(new[] { "/bin/echo", "command" }, new string[0], "command")]
    [TestCase(new string[0], new[] { "args" }, "entrypoint args")]
    [TestCase(new[] { "/bin/echo", "command" }, new[] { "args" }, "command args")]
    public async Task CommandAndArgs_OverrideEntrypointAndCmd(string[] command, string[] args, string expected)
    {
        var pod = await RunPlainPodAsync();
        var container = ContainerRequest.Of(pod.Config, NodeRun.WithEntrypoint, command)
            .With(config => config.Args.Add(args));

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo(expected));
    }

    [Test]
    public async Task WorkingDirectory_IsTheImages_OrTheRequests_AndIsMade()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod, ContainerRequest.Of(pod.Config, NodeRun.WithEntrypoint, "pwd")),
            Is.EqualTo("/srv/app"));
        Assert.That(
            await PrintedAsync(pod, Container(pod, "pwd").With(config => config.WorkingDir = "/made/for/this")),
            Is.EqualTo("/made/for/this"));
        Assert.That(await PrintedAsync(pod, "pwd"), Is.EqualTo("/"));
    }

    [Test]
    public async Task Environment_OfTheRequestGoesOverTheImages()
    {
        var pod = await RunPlainPodAsync();

        var variables = (await PrintedAsync(pod, Container(pod, "env").With(config =>
        {
            config.Envs.Add(ContainerRequest.Env("OVERRIDDEN", "by request"));
            config.Envs.Add(ContainerRequest.Env("EMPTY", ""));
            config.Envs.Add(ContainerRequest.Env("MULTI", "a=b=c"));
        }))).Split('\n');

        Assert.Multiple(() =>
        {
            Assert.That(variables, Does.Contain("FROM_IMAGE=yes"));
            Assert.That(variables, Does.Contain("OVERRIDDEN=by request"));
            Assert.That(variables, Does.Contain("EMPTY="));
            Assert.That(variables, Does.Contain("MULTI=a=b=c"));
            Assert.That(variables, Does.Contain("PATH=/bin:/usr/bin"));
            Assert.That(variables, Does.Contain("KUBERNETES_SERVICE_HOST=10.96.0.1"));
            Assert.That(variables, Has.Some.StartWith("HOSTNAME="));
            Assert.That(variables, Has.Exactly(1).StartWith("OVERRIDDEN="));
        });
    }

    [Test]
    public async Task Path_OfAnImageThatHasNone_IsTheUsualOne()
    {
        var image = await NodeRun.Registry.Client.PushAsync(
            TestImage.Oci(new TestImageConfig { Env = [] }, StandardImages.BaseLayer), "test/no-path", "1");
        await Cri.PullAsync(image);
        var pod = await RunPlainPodAsync();

        var variables = (await PrintedAsync(pod, ContainerRequest.Of(pod.Config, image, "/bin/env"))).Split('\n');

        Assert.That(variables, Does.Contain("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    }

    [Test]
    public async Task Home_IsTheUsers()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(await PrintedAsync(pod, "sh", "-c", "echo $HOME"), Is.EqualTo("/root"));
        Assert.That(
            await PrintedAsync(pod, ContainerRequest.Of(pod.Config, NodeRun.WithEntrypoint, "sh", "-c", "echo $HOME")),
            Is.EqualTo("/home/app"));
    }

    [Test]
    public async Task OneMegabyteOfEnvironment_ArrivesWhole_AndInOneVariable_IsRefused()
    {
        var pod = await RunPlainPodAsync();
        var many = Container(pod, "sh", "-c", "env | wc -c").With(config =>
            config.Envs.Add(
                Enumerable.Range(0, 1024).Select(i => ContainerRequest.Env($"V{i:0000}", new string('x', 1018)))));
        var one = Container(pod, "true").With(
            config => config.Envs.Add(ContainerRequest.Env("BIG", new string('x', 1 << 20))));

        Assert.That(int.Parse(await PrintedAsync(pod, many)), Is.GreaterThan(1 << 20));
        await Refused.WithAsync(StatusCode.InvalidArgument, () => CreateAsync(pod, one), "envs[BIG]");
    }
}
