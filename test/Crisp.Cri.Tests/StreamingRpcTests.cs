using Crisp.Cri.Tests.Fakes;
using Crisp.Errors;
using Crisp.Pods;
using Crisp.Streaming;

namespace Crisp.Cri.Tests;

/// <summary>What Exec, Attach and PortForward refuse, and what a URL is given out for.</summary>
public class StreamingRpcTests
{
    private readonly FakeUrls _urls = new();
    private readonly FakeContainers _containers = new(
        Snapshots.Container("cc22"), Snapshots.Container("dd33", "bb22", ContainerPhase.Exited));

    private readonly FakePods _pods = new(
        Snapshots.Pod("aa11", PodPhase.Ready), Snapshots.Pod("bb22", PodPhase.NotReady));

    [Test]
    public async Task Exec_GivesOutItsUrl_ForTheWholeId()
    {
        var response = await new Rpc.Exec(_containers, _urls).HandleAsync(
            new Runtime.V1.ExecRequest
            {
                ContainerId = "cc",
                Cmd = { "ls", "-l" },
                Tty = true,
                Stdin = true,
                Stdout = true
            }, default);

        Assert.That(response.Url, Is.EqualTo("http://127.0.0.1:1/1"));
        var request = (ExecRequest)_urls.Given.Single();
        Assert.That((request.ContainerId, request.Tty, request.Stdin, request.Stdout, request.Stderr),
            Is.EqualTo(("cc22", true, true, true, false)));
        Assert.That(request.Command, Is.EqualTo(new[] { "ls", "-l" }));
    }

    [TestCase("cc22", "true", false, false, false, ErrorKind.InvalidArgument, "stdin, stdout, stderr")]
    [TestCase("cc22", "true", true, true, true, ErrorKind.InvalidArgument, "stderr")]
    [TestCase("cc22", "", false, true, false, ErrorKind.InvalidArgument, "cmd")]
    [TestCase("", "true", false, true, false, ErrorKind.InvalidArgument, "container_id")]
    [TestCase("dd33", "true", false, true, false, ErrorKind.FailedPrecondition, "not running")]
    [TestCase("ee44", "true", false, true, false, ErrorKind.NotFound, "ee44")]
    public void Exec_Refuses(
        string id, string command, bool tty, bool stdout, bool stderr, ErrorKind kind, string part) =>
        Assert.That(
            () => new Rpc.Exec(_containers, _urls).HandleAsync(
                new Runtime.V1.ExecRequest
                {
                    ContainerId = id,
                    Cmd = { command },
                    Tty = tty,
                    Stdout = stdout,
                    Stderr = stderr
                }, default),
            Throws.InstanceOf<CrispException>()
                .With.Property(nameof(CrispException.Kind)).EqualTo(kind).And.Message.Contains(part));

    [TestCase("cc22", false, ErrorKind.InvalidArgument, "stdin, stdout, stderr")]
    [TestCase("dd33", true, ErrorKind.FailedPrecondition, "not running")]
    [TestCase("", true, ErrorKind.InvalidArgument, "container_id")]
    public void Attach_Refuses(string id, bool stdout, ErrorKind kind, string part) =>
        Assert.That(
            () => new Rpc.Attach(_containers, _urls)
                .HandleAsync(new Runtime.V1.AttachRequest { ContainerId = id, Stdout = stdout }, default),
            Throws.InstanceOf<CrispException>()
                .With.Property(nameof(CrispException.Kind)).EqualTo(kind).And.Message.Contains(part));

    [TestCase("aa11", 0, ErrorKind.InvalidArgument, "port: 0")]
    [TestCase("aa11", 70000, ErrorKind.InvalidArgument, "port: 70000")]
    [TestCase("bb22", 80, ErrorKind.FailedPrecondition, "not ready")]
    [TestCase("", 80, ErrorKind.InvalidArgument, "pod_sandbox_id")]
    [TestCase("ff", 80, ErrorKind.NotFound, "ff")]
    public void PortForward_Refuses(string id, int port, ErrorKind kind, string part) =>
        Assert.That(
            () => new Rpc.PortForward(_pods, _urls).HandleAsync(
                new Runtime.V1.PortForwardRequest { PodSandboxId = id, Port = { port } }, default),
            Throws.InstanceOf<CrispException>()
                .With.Property(nameof(CrispException.Kind)).EqualTo(kind).And.Message.Contains(part));
}
