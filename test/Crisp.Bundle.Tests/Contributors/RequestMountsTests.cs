using Crisp.Errors;

namespace Crisp.Bundle.Tests.Contributors;

public class RequestMountsTests
{
    [Test]
    public void Build_ReadOnly_IsSaidForTheMountAlone() =>
        Assert.That(OptionsOf(new Cri.Mount { Readonly = true }), Is.EqualTo(new[] { "rbind", "rprivate", "ro" }));

    [Test]
    public void Build_RecursiveReadOnly_IsSaidForAllBeneath() =>
        Assert.That(OptionsOf(new Cri.Mount { Readonly = true, RecursiveReadOnly = true }),
            Is.EqualTo(new[] { "rbind", "rprivate", "rro" }));

    [Test]
    public void Build_MountOptions_ComeLast() =>
        Assert.That(OptionsOf(new Cri.Mount { MountOptions = { "noexec", "nodev" } }),
            Is.EqualTo(new[] { "rbind", "rprivate", "rw", "noexec", "nodev" }));

    [Test]
    public void Build_ImageVolume_IsReadOnlyUnaskedAndGivesNoRights([Values] bool isReadOnly) =>
        Assert.That(
            OptionsOf(new Cri.Mount { Readonly = isReadOnly, HostPath = "", Image = new() { Image = "sha256:1" } }),
            Is.EqualTo(new[] { "rbind", "rprivate", "ro", "nosuid", "nodev" }));

    [Test]
    public void Build_IdMappings_AreTheMountsOwn()
    {
        var mount = Build(new Cri.Mount
        {
            UidMappings = { new Cri.IDMapping { ContainerId = 0, HostId = 100000, Length = 65536 } },
            GidMappings = { new Cri.IDMapping { ContainerId = 0, HostId = 200000, Length = 65536 } },
        });

        Assert.That(mount.UidMappings,
            Is.EqualTo(new[] { new Oci.IdMapping { ContainerId = 0, HostId = 100000, Size = 65536 } }));
        Assert.That(mount.GidMappings,
            Is.EqualTo(new[] { new Oci.IdMapping { ContainerId = 0, HostId = 200000, Size = 65536 } }));
    }

    [Test]
    public void Build_RecursiveReadOnlyOnARuntimeWithout_IsRefusedInKubeletsWord() =>
        Assert.That(
            () => Build(new Cri.Mount { Readonly = true, RecursiveReadOnly = true },
                Sample.Runtime with { RecursiveReadOnlyMounts = false }),
            Throws.InstanceOf<CrispException>().With.Message.StartsWith("RROUnsupported"));

    [Test]
    public void Build_IdMappingsOnARuntimeWithout_AreRefused()
    {
        var mount = new Cri.Mount
        {
            UidMappings = { new Cri.IDMapping { Length = 1 } },
            GidMappings = { new Cri.IDMapping { Length = 1 } }
        };

        Assert.That(
            () => Build(mount, Sample.Runtime with { IdMappedMounts = false }),
            Throws.InstanceOf<CrispException>().With.Message.Contains("uidMappings"));
    }

    private static IReadOnlyList<string>? OptionsOf(Cri.Mount mount) => Build(mount).Options;

    private static Oci.Mount Build(Cri.Mount mount, RuntimeFacts? runtime = null)
    {
        mount.ContainerPath = "/volume";
        if (mount.Image is null)
            mount.HostPath = "/host";
        var input = Sample.Input(container => container.Mounts.Add(mount)) with { Runtime = runtime ?? Sample.Runtime };
        return BundleBuilder.Build(input).Spec.Mounts!.Single(
            made => made.Destination == "/volume"); // the builder fills them
    }
}
