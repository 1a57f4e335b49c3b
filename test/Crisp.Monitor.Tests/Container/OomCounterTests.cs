using Crisp.Monitor.Container;

namespace Crisp.Monitor.Tests.Container;

public sealed class OomCounterTests
{
    /// <summary>
    /// systemd removes a scope when its last process is gone, and the monitor may look later than that.
    /// </summary>
    [TestCase(3, false)]
    [TestCase(4, true)]
    public void HasGrown_GroupThatIsGone_IsToldByTheOneAbove(int killsAbove, bool grown)
    {
        string slice = Directory.CreateTempSubdirectory("crisp-oom-").FullName;
        string scope = Directory.CreateDirectory($"{slice}/scope").FullName;
        try
        {
            File.WriteAllText($"{slice}/memory.events", "oom 3\noom_kill 3\n");
            File.WriteAllText($"{scope}/memory.events", "oom 0\noom_kill 0\n");
            using OomCounter counter = new(scope);
            Assert.That(counter.HasGrown(), Is.False);

            Directory.Delete(scope, recursive: true);
            File.WriteAllText($"{slice}/memory.events", $"oom 3\noom_kill {killsAbove}\n");
            Assert.That(counter.HasGrown(), Is.EqualTo(grown));
        }
        finally
        {
            Directory.Delete(slice, recursive: true);
        }
    }
}
