using Crisp.Daemon.CommandLine;
using Crisp.Errors;

namespace Crisp.Daemon.Tests.CommandLine;

public sealed class StatusTests
{
    [TestCase("", "status needs to know of what")]
    [TestCase("moon", "there is no status of moon")]
    [TestCase("containers", "containers needs --id ID")]
    [TestCase("--socket", "--socket needs a value")]
    [TestCase("info more", "unknown option more")]
    [TestCase("--socket /nonexistent/crisp.sock info", "no daemon answers on /nonexistent/crisp.sock")]
    public void WhatCannotBeAnswered_IsSaid(string words, string problem) =>
        Assert.That(
            () => new Status(TextWriter.Null).RunAsync(
                words.Split(' ', StringSplitOptions.RemoveEmptyEntries), () => "/nonexistent/crisp.sock"),
            Throws.TypeOf<CrispException>().With.Message.Contains(problem));

    [Test]
    public void Words_BehindTheVerb_AreItsOwn() => Assert.That(
        ArgumentParser.Parse(["status", "--socket=/x", "info"]).StatusWords,
        Is.EqualTo(new[] { "--socket=/x", "info" }));
}
