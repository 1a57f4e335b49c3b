using System.Text;
using Crisp.Bundle.Hooks;
using Crisp.Linux;
using Crisp.Pods.Hooks;

namespace Crisp.Pods.Tests.Hooks;

public class HookRulesTests
{
    [Test]
    public void Of_AFileOfTheSchema_IsARule()
    {
        HookRule rule = Of("""
            {"version":"1.0.0","hook":{"path":"/usr/bin/hook","args":["hook","run"],"env":["A=1"],"timeout":5},
            "when":{"always":true,"annotations":{"^a":"b$"},"commands":["sh$"],"hasBindMounts":true},"stages":["prestart","poststop"]}
            """).Rule!;

        Assert.That((rule.Hook.Path, rule.Hook.Timeout, rule.Always, rule.HasBindMounts),
            Is.EqualTo(("/usr/bin/hook", 5, true, true)));
        Assert.That(rule.Stages, Is.EqualTo(new[] { HookStage.Prestart, HookStage.Poststop }));
        Assert.That(rule.Annotations.Single().Name.ToString(), Is.EqualTo("^a"));
    }

    /// <summary>Schema 0.1.0, with and without its version.</summary>
    [TestCase(
        """{"version":"0.1.0","hook":"/usr/bin/hook","arguments":["run"],"stages":["prestart"],"cmds":["sh$"],"annotations":["^yes$"],"hasbindmounts":true}""")]
    [TestCase(
        """{"hook":"/usr/bin/hook","arguments":["run"],"stage":["prestart"],"cmd":["sh$"],"annotation":["^yes$"],"hasBindMounts":true}""")]
    public void Of_AFileOfTheFirstSchema_IsARuleOfWhichOneConditionIsEnough(string json)
    {
        HookRule rule = Of(json).Rule!;

        Assert.That(
            (rule.Hook.Path, string.Join(' ', rule.Hook.Args!)), Is.EqualTo(("/usr/bin/hook", "/usr/bin/hook run")));
        Assert.That(rule.Stages, Is.EqualTo(new[] { HookStage.Prestart }));
        Assert.That(rule.Matches("/bin/sh", None, hasBindMounts: false), Is.True);
        Assert.That(rule.Matches(
            "/bin/ls", new Dictionary<string, string> { ["whatever"] = "yes" }, hasBindMounts: false), Is.True);
        Assert.That(rule.Matches("/bin/ls", None, hasBindMounts: true), Is.True);
        Assert.That(
            rule.Matches("/bin/ls", new Dictionary<string, string> { ["yes"] = "no" }, hasBindMounts: false), Is.False);
    }

    [TestCase("{", "")]
    [TestCase("null", "version")]
    [TestCase("""{"version":"2.0.0","hook":{"path":"/x"},"when":{},"stages":["prestart"]}""", "2.0.0")]
    [TestCase("""{"version":"0.1.0","hook":{"path":"/x"},"stages":["prestart"]}""", "hook")]
    [TestCase("""{"hook":"x","stages":["prestart"]}""", "absolute")]
    [TestCase("""{"hook":"/x"}""", "stages")]
    [TestCase("""{"hook":"/x","stages":["never"]}""", "never")]
    [TestCase("""{"hook":"/x","stages":["prestart"],"stage":["poststop"]}""", "twice")]
    [TestCase("""{"hook":"/x","stages":["prestart"],"always":true}""", "always")]
    [TestCase("""{"Version":"1.0.0","hook":{"path":"x"},"when":{},"stages":["prestart"]}""", "absolute")]
    [TestCase("""{"version":"1.0.0","hook":{"path":"x"},"when":{},"stages":["prestart"]}""", "absolute")]
    [TestCase("""{"version":"1.0.0","hook":{"path":"/x"},"stages":["prestart"]}""", "when")]
    [TestCase("""{"version":"1.0.0","hook":{"path":"/x"},"when":{}}""", "stages")]
    [TestCase("""{"version":"1.0.0","hook":{"path":"/x"},"when":{},"stages":["never"]}""", "never")]
    [TestCase("""{"version":"1.0.0","hook":{"path":"/x","timeout":0},"when":{},"stages":["prestart"]}""", "timeout")]
    [TestCase("""{"version":"1.0.0","hook":{"path":"/x"},"when":{"commands":["("]},"stages":["prestart"]}""", "(")]
    [TestCase("""{"version":"1.0.0","hook":{"path":"/x"},"when":{"commands":["(a)\\1"]},"stages":["prestart"]}""",
        "pattern \"(a)\\1\" cannot be matched in bounded time")]
    [TestCase(
        """{"version":"1.0.0","hook":{"path":"/x"},"when":{"annotations":{"a(?=b)":"c"}},"stages":["prestart"]}""",
        "a(?=b)")]
    [TestCase("""{"version":"1.0.0","hook":{"path":"/x"},"wen":{},"stages":["prestart"]}""", "wen")]
    public void Of_WhatIsWrong_IsSaid(string json, string part)
    {
        var (rule, problem) = Of(json);

        Assert.That(rule, Is.Null);
        Assert.That(problem, Does.Contain(part));
    }

    /// <summary>A backtracking matcher runs into the timeout here.</summary>
    [Test]
    public void Pattern_OnATextMadeToBeSlow_HasItsAnswer()
    {
        HookRule rule = Of(
            """{"version":"1.0.0","hook":{"path":"/x"},"when":{"commands":["^(a+)+$"]},"stages":["prestart"]}""").Rule!;

        Assert.That(rule.Matches(new string('a', 4000) + "b", new Dictionary<string, string>(), hasBindMounts: false),
            Is.False);
        Assert.That(
            rule.Matches(new string('a', 4000), new Dictionary<string, string>(), hasBindMounts: false), Is.True);
    }

    private static Dictionary<string, string> None => [];

    private static (HookRule? Rule, string? Problem) Of(string json) =>
        HookRules.Of(new ConfigurationFile("/hooks.d/a.json", Encoding.UTF8.GetBytes(json), null));
}
