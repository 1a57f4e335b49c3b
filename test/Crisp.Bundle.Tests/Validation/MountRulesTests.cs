namespace Crisp.Bundle.Tests.Validation;

public class MountRulesTests
{
    private static readonly TestCaseData[] Bad =
    [
        Case("recursive_read_only", mount => mount.RecursiveReadOnly = true),
        Case("recursive_read_only", mount =>
        {
            mount.Readonly = true;
            mount.RecursiveReadOnly = true;
            mount.Propagation = Cri.MountPropagation.PropagationHostToContainer;
        }),
        Case("mount_options", mount => mount.MountOptions.Add("ro")),
        Case("mount_options", mount => mount.MountOptions.Add("rshared")),
        Case("mount_options", mount => mount.MountOptions.Add("upperdir=/etc")),
        Case("gidMappings", mount => mount.UidMappings.Add(new Cri.IDMapping { Length = 1 })),
        Case("uidMappings", mount => mount.UidMappings.Add(new Cri.IDMapping { HostId = uint.MaxValue, Length = 2 })),
        Case("uidMappings", mount => mount.UidMappings.Add(new Cri.IDMapping())),
        Case("image_sub_path", mount => mount.ImageSubPath = "dir"),
        Case("host_path", mount => AsImage(mount).HostPath = "/tmp"),
        Case("propagation", mount => AsImage(mount).Propagation = Cri.MountPropagation.PropagationBidirectional),
        Case("image_sub_path", mount => AsImage(mount).ImageSubPath = "../etc"),
        Case("image_sub_path", mount => AsImage(mount).ImageSubPath = "a\0b"),
        Case("host_path", mount => mount.HostPath = "/a/../b"),
        Case("host_path", mount => mount.HostPath = "/a\0b"),
        Case("container_path", mount => mount.ContainerPath = "/a/../b"),
        Case("container_path", mount => mount.ContainerPath = "/a\0b"),
        Case("container_path", mount => mount.ContainerPath = "/"),
        Case("container_path", mount => mount.ContainerPath = "/proc"),
        Case("container_path", mount => mount.ContainerPath = "/proc//self/./attr"),
    ];

    [TestCaseSource(nameof(Bad))]
    public void Validate_AMountThatContradictsItself_IsRefusedByName(string field, Action<Cri.Mount> spoil) =>
        Refusal.Invalid(() => ContainerConfigValidation.Validate(With(spoil), Sample.Pod()), $"config.mounts.{field}");

    [Test]
    public void Validate_AnImageVolume_IsFine() =>
        Assert.That(() => ContainerConfigValidation.Validate(
            With(mount => AsImage(mount).ImageSubPath = "/dir/file"), Sample.Pod()), Throws.Nothing);

    [Test]
    public void Validate_TenThousandMounts_AreRefused()
    {
        Cri.ContainerConfig container = Sample.Container();
        container.Mounts.Add(
            Enumerable.Range(0, 10_000).Select(i => new Cri.Mount { ContainerPath = $"/m/{i}", HostPath = "/tmp" }));

        Refusal.Invalid(() => ContainerConfigValidation.Validate(container, Sample.Pod()), "config.mounts");
    }

    private static Cri.ContainerConfig With(Action<Cri.Mount> spoil)
    {
        var mount = new Cri.Mount { ContainerPath = "/volume", HostPath = "/tmp" };
        spoil(mount);
        Cri.ContainerConfig container = Sample.Container();
        container.Mounts.Add(mount);
        return container;
    }

    private static Cri.Mount AsImage(Cri.Mount mount)
    {
        mount.HostPath = "";
        mount.Readonly = true;
        mount.Image = new Cri.ImageSpec { Image = "sha256:1" };
        return mount;
    }

    private static TestCaseData Case(string field, Action<Cri.Mount> spoil) => new(field, spoil);
}
