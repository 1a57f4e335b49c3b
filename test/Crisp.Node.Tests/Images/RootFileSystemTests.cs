using Crisp.Testing.Images;

namespace Crisp.Node.Tests.Images;

/// <summary>What a container sees of its image's layers, and that no container changes them for others.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class RootFileSystemTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Layers_AddDeleteAndHide()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod, "sh", "-c", "cat /data/kept /data/hidden/new; ls -a /data/hidden; ls /data"),
            Is.EqualTo("from layer 2\nfrom layer 3\n.\n..\nnew\nhidden\nkept"));
    }

    [Test]
    public async Task OwnersModesAndLinks_AreThoseOfTheImage()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod, "stat", "-c", "%u:%g %a", "/home/app", "/tmp", "/root", "/bin/busybox"),
            Is.EqualTo("1000:1000 755\n0:0 1777\n0:0 700\n0:0 755"));
        Assert.That(
            await PrintedAsync(pod, "sh", "-c", "[ $(stat -c %i /bin/sh) = $(stat -c %i /bin/busybox) ] && echo same"),
            Is.EqualTo("same"), "a hard link is one");
    }

    [Test]
    public async Task Containers_WriteForThemselvesOnly()
    {
        var pod = await RunPlainPodAsync();
        var first = await RunSleeperAsync(pod);

        await Cri.OutputAsync(first, "sh", "-c", "echo changed >/data/kept; rm -r /data/hidden; touch /new");

        Assert.That(
            await PrintedAsync(
                pod, ContainerRequest.Named(pod.Config,
                    "second", Busybox, "sh", "-c", "cat /data/kept /data/hidden/new; ls /new 2>&1 || true")),
            Does.StartWith("from layer 2\nfrom layer 3\n").And.Contain("No such file"));
    }

    [Test]
    public async Task ManyLayers_AreOneRoot()
    {
        var layers = Enumerable.Range(0, 100)
            .Select(n => new TestLayer()
                .Directory("layers").File($"layers/{n:000}", $"{n}\n").File("layers/last", $"{n}\n").Gzip())
            .Prepend(StandardImages.BaseLayer).ToArray();
        var name = await NodeRun.Registry.Client.PushAsync(
            TestImage.Oci(new TestImageConfig(), layers), "test/deep", "1");
        await Cri.PullAsync(name);
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(
                pod, ContainerRequest.Of(pod.Config, name, "sh", "-c", "ls /layers | wc -l; cat /layers/last")),
            Is.EqualTo("101\n99"));
    }
}
