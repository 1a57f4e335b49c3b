namespace Crisp.Linux.Tests;

public sealed class ProcessInfoTests
{
    [Test]
    public void StartTimeOf_NameWithBracketsAndSpaces_FindsField22() => Assert.That(
        ProcessInfo.StartTimeOf("7 (a) b) S 1 7 7 0 -1 4194560 1 0 0 0 1 2 3 4 20 0 1 0 98765 10 20"u8),
        Is.EqualTo(98765));

    [Test]
    public void StartTime_OfThisProcess_IsThere_AndOfNobodyIsNot()
    {
        Assert.That(ProcessInfo.StartTime(Environment.ProcessId), Is.GreaterThan(0));
        Assert.That(ProcessInfo.StartTime(4194305), Is.Null);
        Assert.That(ProcessInfo.OpenPidFd(4194305), Is.Null);
        Assert.That(Guid.TryParse(ProcessInfo.BootId(), out _));
    }
}
