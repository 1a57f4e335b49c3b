namespace Crisp.Node.Tests.Ctl;

/// <summary>The published crispctl on the published daemon.</summary>
public class CrispctlOnCrispTests() : NodeFixture("runc")
{
    [Test]
    public async Task TheMainJob_IsDone() =>
        await new CrispctlStory(Node.SocketPath, Node.Directory, $"/{Node.Prefix}", Busybox).TellAsync();
}
