namespace Crisp.Bundle.Tests;

public class CgroupPlacementTests
{
    [TestCase("/kubepods/burstable/podX", "/kubepods/burstable/podX/crio-ID")]
    [TestCase("/kubepods//besteffort/", "/kubepods/besteffort/crio-ID")]
    [TestCase("podX", "/podX/crio-ID")]
    [TestCase("", "/crio/crio-ID")]
    public void OfContainer_Cgroupfs_IsADirectory(string parent, string path)
    {
        var placement = CgroupPlacement.OfContainer(parent, CgroupDriver.Cgroupfs, "ID");
        Assert.That(placement, Is.EqualTo(new CgroupPlacement(path, path)));
    }

    [TestCase("/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podX.slice",
        "kubepods-burstable-podX.slice:crio:ID",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podX.slice/crio-ID.scope")]
    [TestCase(
        "kubepods-podX.slice", "kubepods-podX.slice:crio:ID", "/kubepods.slice/kubepods-podX.slice/crio-ID.scope")]
    [TestCase("", "system.slice:crio:ID", "/system.slice/crio-ID.scope")]
    public void OfContainer_Systemd_IsASlice(string parent, string oci, string directory) =>
        Assert.That(
            CgroupPlacement.OfContainer(parent, CgroupDriver.Systemd, "ID"),
            Is.EqualTo(new CgroupPlacement(oci, directory)));

    [TestCase("/kubepods/podX", CgroupDriver.Systemd, "did not receive a slice")]
    [TestCase("/kubepods.slice", CgroupDriver.Cgroupfs, "received a systemd slice")]
    [TestCase("/kubepods/../..", CgroupDriver.Cgroupfs, "..")]
    [TestCase("/", CgroupDriver.Cgroupfs, "root cgroup")]
    [TestCase("/a\nb", CgroupDriver.Cgroupfs, "control character")]
    [TestCase("a--b.slice", CgroupDriver.Systemd, "not the name of a slice")]
    [TestCase("a:x y.slice", CgroupDriver.Systemd, "not the name of a slice")]
    public void Validate_ParentTheDriverCannotUse_IsRefused(string parent, CgroupDriver driver, string reason) =>
        Refusal.Invalid(() => CgroupPlacement.Validate(parent, driver), reason);
}
