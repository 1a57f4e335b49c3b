using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>Who a container runs as: by number, by name, by image; groups; and what the status says of it.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class UserTests(string runtime) : NodeFixture(runtime)
{
    [OneTimeSetUp]
    public async Task PullAsync() => await Cri.PullAsync(NodeRun.WithEntrypoint);

    [Test]
    public async Task Nobody_Asked_IsRoot() => await AssertIdAsync(_ => { }, uid: 0, gid: 0, groups: [0]);

    [Test]
    public Task Uid_OfTheRequest_BringsTheGroupsOfTheImage() => AssertIdAsync(
        security => security.RunAsUser = new Int64Value { Value = 1000 }, uid: 1000, gid: 1000,
        groups: [1000, 2000, 2001]);

    [Test]
    public Task Uid_UnknownToTheImage_IsInGroup0() => AssertIdAsync(
        security => security.RunAsUser = new Int64Value { Value = 4711 }, uid: 4711, gid: 0, groups: [0]);

    [Test]
    public Task UserName_IsLookedUpInTheImage() => AssertIdAsync(
        security => security.RunAsUsername = "web", uid: 33, gid: 33, groups: [33, 2001]);

    [Test]
    public Task UidAndGid_OfTheRequest() => AssertIdAsync(security =>
    {
        security.RunAsUser = new Int64Value { Value = 1000 };
        security.RunAsGroup = new Int64Value { Value = 3000 };
    }, uid: 1000, gid: 3000, groups: [2000, 2001, 3000]);

    [Test]
    public Task SupplementalGroups_Merge() => AssertIdAsync(security =>
    {
        security.RunAsUser = new Int64Value { Value = 1000 };
        security.SupplementalGroups.Add(5000);
        security.SupplementalGroupsPolicy = SupplementalGroupsPolicy.Merge;
    }, uid: 1000, gid: 1000, groups: [1000, 2000, 2001, 5000]);

    [Test]
    public Task SupplementalGroups_Strict() => AssertIdAsync(security =>
    {
        security.RunAsUser = new Int64Value { Value = 1000 };
        security.SupplementalGroups.Add(5000);
        security.SupplementalGroupsPolicy = SupplementalGroupsPolicy.Strict;
    }, uid: 1000, gid: 1000, groups: [1000, 5000]);

    [Test]
    public async Task Home_IsTheUsers_AndGroupsHoldThePrimaryOne() // CVE-2022-2995
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "sh", "-c", "echo $HOME; id -G").With(config =>
        {
            config.Linux.SecurityContext.RunAsUsername = "app";
            config.Linux.SecurityContext.SupplementalGroupsPolicy = SupplementalGroupsPolicy.Strict;
        });

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("/home/app\n1000"));
    }

    [Test]
    public async Task User_OfTheImage()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod, ContainerRequest.Of(pod.Config, NodeRun.WithEntrypoint, "id", "-un")),
            Is.EqualTo("app"));
    }

    [TestCase("33", "33:33")]
    [TestCase("web", "33:33")]
    [TestCase("1000:33", "1000:33")]
    [TestCase("app:extra", "1000:2000")]
    [TestCase("4711:4712", "4711:4712")]
    public async Task User_OfTheImage_InEachOfItsForms(string user, string expected)
    {
        var image = TestImage.Oci(new TestImageConfig { User = user }, StandardImages.BaseLayer);
        var name = await NodeRun.Registry.Client.PushAsync(image, "test/user", user.Replace(':', '-'));
        await Cri.PullAsync(name);
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod, ContainerRequest.Of(pod.Config, name, "sh", "-c", "echo $(id -u):$(id -g)")),
            Is.EqualTo(expected));
    }

    [Test]
    public async Task Group_WithoutAUser_IsRefused()
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, Container(pod, "true").With(config =>
                config.Linux.SecurityContext.RunAsGroup = new Int64Value { Value = 1000 })),
            "run_as_group");
    }

    [Test]
    public async Task UserName_UnknownToTheImage_IsRefusedByName()
    {
        var pod = await RunPlainPodAsync();

        var refusal = await Refused.ExpectAsync(() => CreateAsync(pod, Container(pod, "true").With(config =>
            config.Linux.SecurityContext.RunAsUsername = "nobody-knows")));

        Assert.That(refusal.Status.Detail, Does.Contain("nobody-knows"));
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    private async Task AssertIdAsync(Action<LinuxContainerSecurityContext> change, int uid, int gid, int[] groups)
    {
        var pod = await RunPlainPodAsync();
        var container = Container(
            pod, "sh", "-c", "grep -E '^(Uid|Gid|Groups):' /proc/self/status | tr '\\t' ' '");
        change(container.Linux.SecurityContext);

        var id = await RunAsync(pod, container);
        var status = await Cri.ExitedAsync(id);
        var lines = new Testing.Logs.LogFile(status.LogPath).Text("stdout").TrimEnd('\n').Split('\n');
        var groupLine = lines.Single(line => line.StartsWith("Groups:", StringComparison.Ordinal));

        Assert.Multiple(() =>
        {
            Assert.That(lines, Does.Contain($"Uid: {uid} {uid} {uid} {uid}"));
            Assert.That(lines, Does.Contain($"Gid: {gid} {gid} {gid} {gid}"));
            var effective = groupLine["Groups:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(int.Parse).Append(gid).Distinct().Order().ToArray();
            Assert.That(effective, Is.EqualTo(groups));
            Assert.That(status.User.Linux.Uid, Is.EqualTo(uid));
            Assert.That(status.User.Linux.Gid, Is.EqualTo(gid));
            Assert.That(
                status.User.Linux.SupplementalGroups.Append(gid).Distinct().Order(),
                Is.EqualTo(groups.Select(g => (long)g)));
        });
    }
}
