using Crisp.Daemon.CommandLine;
using Crisp.Errors;

namespace Crisp.Daemon.Tests.CommandLine;

public sealed class StatusTests
{
    [TestCase("", "status needs to know of what")]
    [TestCase("moon", "there is no status of moon")]
    [TestCase("containers", "containers needs --id ID")]
    [TestCase("--socket", "--socket needs a value")]
    [TestCase("info more", "more is one word too many")]
    [TestCase("--sokcet /x info", "unknown option --sokcet; status has --socket and --id")]
    [TestCase("--id x containers", "--id stands behind what to ask for")]
    public void WhatMakesNoSense_IsNamed(string words, string problem) =>
        Assert.That(() => Ask(words), Throws.TypeOf<UsageException>().With.Message.Contains(problem));

    [TestCase("info", "/nonexistent/default.sock")]
    [TestCase("--socket /nonexistent/crisp.sock info", "/nonexistent/crisp.sock")]
    [TestCase("info --socket=unix:///nonexistent/crisp.sock", "/nonexistent/crisp.sock")]
    public void WhereNoDaemonIs_TheSocketIsNamed(string words, string socket) =>
        Assert.That(
            () => Ask(words),
            Throws.TypeOf<CrispException>().With.Message.StartsWith($"no daemon answers on {socket}: "));

    [Test]
    public void Words_BehindTheVerb_AreItsOwn() => Assert.That(
        ArgumentParser.Parse(["status", "--socket=/x", "info"]).StatusWords,
        Is.EqualTo(new[] { "--socket=/x", "info" }));

    private static Task Ask(string words) => new Status(TextWriter.Null).RunAsync(
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries), () => "/nonexistent/default.sock");
}
