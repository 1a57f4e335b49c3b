using System.Text.RegularExpressions;
using Crisp.Bundle.Hooks;

namespace Crisp.Bundle.Tests.Hooks;

public class HookRuleTests
{
    private static readonly Dictionary<string, string> None = [];

    private static readonly HookRule Rule =
        new() { Hook = new Oci.Hook { Path = "/hook" }, Stages = [HookStage.Prestart] };

    [Test]
    public void Matches_NoCondition_IsForNobody() =>
        Assert.That(Rule.Matches("/bin/sh", None, hasBindMounts: true), Is.False);

    [TestCase("/usr/bin/python3", ExpectedResult = true)]
    [TestCase("/bin/sh", ExpectedResult = false)]
    public bool Matches_Commands_ByTheProgram(string program) =>
        (Rule with { Commands = [new Regex("ruby$"), new Regex("python3?$")] }).Matches(
            program, None, hasBindMounts: false);

    [TestCase(true, true, ExpectedResult = true)]
    [TestCase(true, false, ExpectedResult = false)]
    [TestCase(false, false, ExpectedResult = false)]
    public bool Matches_HasBindMounts_AsTheContainerHas(bool wanted, bool has) =>
        (Rule with { HasBindMounts = wanted }).Matches("/bin/sh", None, has);

    [Test]
    public void Matches_SeveralConditions_AllMustHold()
    {
        var both = Rule with { Always = true, Commands = [new Regex("python")] };

        Assert.That(both.Matches("/bin/sh", None, hasBindMounts: false), Is.False);
        Assert.That(both.Matches("/bin/python", None, hasBindMounts: false), Is.True);
    }
}
