using System.Text.RegularExpressions;

namespace Crisp.Architecture.Tests;

/// <summary>A test runs, can fail, and waits for events.</summary>
public partial class TestRuleTests
{
    [Test]
    public void Tests_AreNeverSkipped() =>
        Assert.That(SourceTree.Lines(SourceTree.TestCode, line => Skipped().IsMatch(line)), Is.Empty);

    [Test]
    public void Tests_NeverSleep() =>
        Assert.That(SourceTree.Lines(SourceTree.TestCode, line => Sleeping().IsMatch(line)), Is.Empty);

    [Test]
    public void Tests_NeverEndProcessesByName() =>
        Assert.That(
            SourceTree.Lines(
                SourceTree.Files.Where(file => file.StartsWith("test/", StringComparison.Ordinal)
                    && !file.StartsWith(SourceTree.Self, StringComparison.Ordinal)
                    && Path.GetExtension(file) is ".cs" or ".sh"),
                line => KillByName().IsMatch(line)),
            Is.Empty);

    [GeneratedRegex(
        @"\[[^\]]*\b(Ignore|Explicit)\b[^\]]*\]|Ignore(Reason)?\s*=|Assert\.(Ignore|Inconclusive|Pass)\b|\bAssume\.")]
    private static partial Regex Skipped();

    [GeneratedRegex(@"Thread\.Sleep|SpinWait\.SpinUntil|Task\.Delay\(\s*([0-9]|TimeSpan)")]
    private static partial Regex Sleeping();

    [GeneratedRegex(@"\b(pkill|killall)\b|GetProcessesByName")]
    private static partial Regex KillByName();
}
