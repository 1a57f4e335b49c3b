namespace Crisp.Bundle.Tests.Contributors;

public class EditedSpecTests
{
    [Test]
    public void Apply_Environment_TakesThePlaceOfTheRequests()
    {
        var spec = Build(new SpecEdits { Environment = ["NGINX_VERSION=2", "GPU=0"] });

        Assert.That(spec.Process!.Env,
            Does.Contain("NGINX_VERSION=2").And.Contain("GPU=0").And.No.Member("NGINX_VERSION=1.27.2"));
    }

    [Test]
    public void Apply_Mount_TakesThePlaceOfOneThere_ParentsFirst()
    {
        var resolv = new Oci.Mount { Destination = "/etc/resolv.conf", Source = "/vendor", Type = "bind" };
        var spec = Build(new SpecEdits
        {
            Mounts = [resolv, new Oci.Mount { Destination = "/lib", Source = "/vendor/lib", Type = "bind" }]
        });

        Assert.That(spec.Mounts!.Count(mount => mount.Destination == "/etc/resolv.conf"), Is.EqualTo(1));
        Assert.That(spec.Mounts!.Select(mount => mount.Destination.Count(c => c == '/')), Is.Ordered);
    }

    [Test]
    public void Apply_Device_IsMadeAndAllowed_ForTheContainersUser()
    {
        var node = new Oci.Device { Path = "/dev/gpu0", Type = "c", Major = 195, Minor = 0 };
        var spec = BundleBuilder.Build(Sample.Input() with
        {
            User = Sample.Root with { Uid = 1000, Gid = 2000 },
            Edits = new SpecEdits { Devices = [new SpecEdits.Device(node, "rw")] },
        }).Spec;

        Assert.That(spec.Linux!.Devices, Does.Contain(node with { Uid = 1000, Gid = 2000 }));
        var rule = spec.Linux.Resources!.Devices![^1];
        Assert.That(
            (rule.Allow, rule.Type, rule.Major, rule.Minor, rule.Access), Is.EqualTo((true, "c", 195L, 0L, "rw")));
    }

    [Test]
    public void Apply_Groups_AreAddedOnce()
    {
        var spec = Build(new SpecEdits { AdditionalGids = [0, 44, 44] });

        Assert.That(spec.Process!.User.AdditionalGids, Is.EqualTo(new uint[] { 0, 44 }));
    }

    private static Oci.Spec Build(SpecEdits edits) => BundleBuilder.Build(Sample.Input() with { Edits = edits }).Spec;
}
