namespace Crisp.Bundle.Tests;

public class PodInitTests
{
    [Test]
    public void Build_MatchesGolden() => Golden.Matches("pod-init", PodInit.Build(new PodInitInput
    {
        PodId = Sample.PodId,
        OciVersion = "1.0.2",
        Args = ["/crisp-monitor", "pause"],
        RootFsPath = "/run/crisp/pods/b0ba/init",
        Paths = Sample.Paths,
        CgroupPath = "/kubepods/podX/crio-b0ba",
        CgroupV2 = true,
        OomScoreAdj = -998,
    }));

    [Test]
    public void Build_WithUsersOfItsOwn_MatchesGolden() =>
        Golden.Matches("pod-init-users", PodInit.Build(new PodInitInput
        {
            PodId = Sample.PodId,
            OciVersion = "1.0.2",
            Args = ["/crisp-monitor", "pause"],
            RootFsPath = "/run/crisp/pods/b0ba/init",
            Paths = Sample.Paths,
            CgroupPath = "/kubepods/podX/crio-b0ba",
            Users = new UserMappings(
                new Oci.IdMapping { ContainerId = 0, HostId = 100000, Size = 1000 },
                new Oci.IdMapping { ContainerId = 0, HostId = 200000, Size = 65536 }),
            Hostname = "web-0",
            Sysctls = new Dictionary<string, string>
            {
                ["net/ipv4/ip_forward"] = "1", ["kernel.shm_rmid_forced"] = "1",
                ["net.ipv4.conf.eth0/100.forwarding"] = "1",
            },
        }));

    /// <summary>This project's machines have neither AppArmor nor SELinux.</summary>
    [Test]
    public void Build_Confinement_IsTheProcesss()
    {
        Oci.Spec spec = PodInit.Build(new PodInitInput
        {
            PodId = Sample.PodId,
            OciVersion = "1.0.2",
            Args = ["/crisp-monitor", "pause"],
            RootFsPath = "/run/crisp/pods/b0ba/init",
            Paths = Sample.Paths,
            CgroupPath = "/kubepods/podX/crio-b0ba",
            AppArmorProfile = "crisp-default",
            SELinuxLabel = "system_u:system_r:container_t:s0:c1,c2",
        });

        Assert.That(spec.Process!.ApparmorProfile, Is.EqualTo("crisp-default")); // the builder always fills the process
        Assert.That(spec.Process.SelinuxLabel, Is.EqualTo("system_u:system_r:container_t:s0:c1,c2"));
    }
}
