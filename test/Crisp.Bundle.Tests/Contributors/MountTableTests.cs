namespace Crisp.Bundle.Tests.Contributors;

public class MountTableTests
{
    [Test]
    public void Build_RequestsMounts_ParentsComeFirst()
    {
        var mounted = Mounts("/a/b/c", "/a", "/a/b").Select(mount => mount.Destination).ToArray();
        Assert.That(mounted.Where(path => path.StartsWith("/a", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "/a", "/a/b", "/a/b/c" }));
    }

    [Test]
    public void Build_MountAtADefault_TakesItsPlace()
    {
        var hosts = Mounts("/etc/resolv.conf", "/dev/shm/").Where(mount => mount.Type == "bind").ToArray();
        Assert.That(hosts.Select(mount => mount.Destination), Is.Unique);
        Assert.That(hosts.Single(mount => mount.Destination == "/dev/shm").Source, Is.EqualTo("/host/dev/shm/"));
    }

    [Test]
    public void Build_MountOverDev_TakesTheDefaultsBeneath()
    {
        var mounted = Mounts("/dev").Select(mount => mount.Destination).ToArray();
        Assert.That(
            mounted.Where(path => path.StartsWith("/dev", StringComparison.Ordinal)), Is.EqualTo(new[] { "/dev" }));
    }

    [Test]
    public void Build_NoHostsFileInTheRequest_MountsThePods()
    {
        var input =
            Sample.Input() with { PodPaths = Sample.Paths with { Hosts = "/pod/hosts", ContainerEnv = "/pod/env" } };
        var mounts = BundleBuilder.Build(input).Spec.Mounts!; // always set
        Assert.That(mounts.Single(mount => mount.Destination == "/etc/hosts").Source, Is.EqualTo("/pod/hosts"));
        Assert.That(mounts.Single(mount => mount.Destination == "/run/.containerenv").Source, Is.EqualTo("/pod/env"));
    }

    [TestCase(Cri.MountPropagation.PropagationPrivate, "rprivate", null)]
    [TestCase(Cri.MountPropagation.PropagationHostToContainer, "rslave", "rslave")]
    [TestCase(Cri.MountPropagation.PropagationBidirectional, "rshared", "rshared")]
    public void Build_Propagation_SetsMountAndRoot(Cri.MountPropagation asked, string option, string? root)
    {
        var spec = BundleBuilder.Build(Sample.Input(container => container.Mounts.Add(Mount("/a", asked)))).Spec;
        Assert.That(
            spec.Mounts!.Single(mount => mount.Destination == "/a").Options, Does.Contain(option)); // always set
        Assert.That(spec.Linux!.RootfsPropagation, Is.EqualTo(root));
    }

    [TestCase(Cri.MountPropagation.PropagationHostToContainer, SourcePropagation.Private)]
    [TestCase(Cri.MountPropagation.PropagationBidirectional, SourcePropagation.Slave)]
    public void Build_PropagationTheHostCannotOffer_IsRefused(Cri.MountPropagation asked, SourcePropagation host)
    {
        var input = Sample.Input(container => container.Mounts.Add(Mount("/a", asked)));
        input = input with { Mounts = [input.Mounts[0] with { SourcePropagation = host }] };
        Refusal.Invalid(() => BundleBuilder.Build(input), "mounts.propagation");
    }

    private static Cri.Mount Mount(
        string path, Cri.MountPropagation propagation = Cri.MountPropagation.PropagationPrivate) =>
        new() { ContainerPath = path, HostPath = $"/host{path}", Propagation = propagation };

    private static IReadOnlyList<Oci.Mount> Mounts(params string[] paths) =>
        BundleBuilder.Build(Sample.Input(container => container.Mounts.Add(paths.Select(path => Mount(path)))))
            .Spec.Mounts!; // always set
}
