using Grpc.Core;

namespace Crisp.Node.Tests.Pods;

/// <summary>
/// Which handlers have user namespaces, as Status says, and what is refused: runc of Debian 12 does not map the owners
/// of mounts, and a pod cannot have its own users and the node's processes or IPC.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class UserNamespaceSupportTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task PodsAreMadeOrRefused_AsStatusSaysOfTheHandler()
    {
        var status = await Cri.Runtime.StatusAsync(new StatusRequest(), CriCalls.Options());
        var said = status.RuntimeHandlers.Single(handler => handler.Name == RuntimeName).Features.UserNamespaces;
        Assert.That(status.RuntimeHandlers.Single(handler => handler.Name.Length == 0).Features.UserNamespaces,
            Is.EqualTo(said), "the default's");
        Assert.That(status.Features.UserNamespacesHostNetwork,
            Is.EqualTo(status.RuntimeHandlers.Any(handler => handler.Features.UserNamespaces)));
        if (said)
        {
            var pod = await RunPodAsync(config => config.WithOwnUsers());
            Assert.That((await Cri.PodAsync(pod.Id)).State, Is.EqualTo(PodSandboxState.SandboxReady));
            return;
        }

        await Refused.WithAsync(
            StatusCode.FailedPrecondition,
            () => RunPodAsync(config => config.WithOwnUsers()), "userns_options", RuntimeName, "runc from 1.2");
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    private static readonly TestCaseData[] Contradictions =
    [
        Case(options => options.Pid = NamespaceMode.Node, "namespace_options.pid"),
        Case(options => options.Ipc = NamespaceMode.Node, "namespace_options.ipc"),
        Case(options => options.UsernsOptions.Mode = NamespaceMode.Container, "userns_options"),
        Case(options => options.UsernsOptions.Mode = NamespaceMode.Target, "userns_options"),
        Case(options => options.UsernsOptions.Mode = NamespaceMode.Node, "userns_options"),
        Case(options => options.UsernsOptions.Uids.Clear(), "userns_options.uids"),
        Case(options => options.UsernsOptions.Gids.Add(new IDMapping { ContainerId = 1, HostId = 1, Length = 1 }),
            "userns_options.gids"),
        Case(options => options.UsernsOptions.Uids[0].ContainerId = 1, "userns_options.uids"),
        Case(options => options.UsernsOptions.Uids[0].Length = uint.MaxValue, "userns_options.uids"),
    ];

    private static TestCaseData Case(Action<NamespaceOption> change, string field) => new(change, field);

    [TestCaseSource(nameof(Contradictions))]
    public async Task Contradictions_AreRefused_BeforeAnythingIsMade(Action<NamespaceOption> change, string field)
    {
        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => RunPodAsync(config =>
            {
                config.WithOwnUsers();
                change(config.Linux.SecurityContext.NamespaceOptions);
            }),
            field);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }
}
