using Crisp.Pods.Stats;

namespace Crisp.Pods.Tests.Stats;

public sealed class CgroupReadingTests
{
    [Test]
    public void WithLimits_ScopeOfCrun_IsTheGroupThatCrunMakesInIt()
    {
        string directory = Directory.CreateTempSubdirectory("crisp-reading-").FullName;
        try
        {
            Assert.That(CgroupReading.WithLimits("/a.slice/crio-x.scope", directory),
                Is.EqualTo("/a.slice/crio-x.scope"), "runc's");
            Directory.CreateDirectory($"{directory}/container");
            Assert.That(CgroupReading.WithLimits("/a.slice/crio-x.scope", directory),
                Is.EqualTo("/a.slice/crio-x.scope/container"));
            Assert.That(CgroupReading.WithLimits("/kubepods/pod1/crio-x", directory),
                Is.EqualTo("/kubepods/pod1/crio-x"), "not systemd's");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
