using Crisp.Linux;

namespace Crisp.Monitor.Tests;

/// <summary>A test host that was killed cleaned nothing up: the next one does.</summary>
[SetUpFixture]
public sealed class FormerRuns
{
    [OneTimeSetUp]
    public void CleanUp()
    {
        using var loop = EventLoop.Start();
        foreach (var directory in Directory.EnumerateDirectories(Path.GetTempPath(), $"{MonitorFixture.Prefix}*"))
        {
            var owner = Path.GetFileName(directory)[MonitorFixture.Prefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, out var pid) || ProcessTable.Find(pid) is not null)
                continue;
            LeftoverProcesses.Kill(directory, loop);
            Directory.Delete(directory, recursive: true);
        }
    }
}
