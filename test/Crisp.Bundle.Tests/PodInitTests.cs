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
}
