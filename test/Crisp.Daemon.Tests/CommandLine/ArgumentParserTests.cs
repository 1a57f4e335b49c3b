using Crisp.Daemon.CommandLine;

namespace Crisp.Daemon.Tests.CommandLine;

public sealed class ArgumentParserTests
{
    [TestCase("", Command.Help)]
    [TestCase("--help", Command.Help)]
    [TestCase("serve --help", Command.Help)]
    [TestCase("serve", Command.Serve)]
    [TestCase("config --default", Command.Config)]
    [TestCase("version", Command.Version)]
    [TestCase("--version", Command.Version)]
    public void Words_NameTheCommand(string words, object command) =>
        Assert.That(Parse(words).Command, Is.EqualTo(command));

    [TestCase("serve --config /a.conf -d /d --log-level debug")]
    [TestCase("serve -c /a.conf --config-dir=/d --log-level=debug")]
    public void Options_TakeTheirValueEitherWay(string words)
    {
        var arguments = Parse(words);
        Assert.That((arguments.Sources.EffectiveFile, arguments.Sources.EffectiveDirectory, arguments.LogLevel),
            Is.EqualTo(("/a.conf", "/d", "debug")));
    }

    [Test]
    public void Sources_HaveTheirDefaults()
    {
        Assert.That(Parse("serve").Sources.EffectiveFile, Is.EqualTo("/etc/crisp/crisp.conf"));
        Assert.That(Parse("serve -c /a.conf").Sources.EffectiveDirectory, Is.EqualTo("/a.conf.d"));
    }

    [TestCase("fly", "unknown command fly")]
    [TestCase("serve --default", "unknown option --default")]
    [TestCase("serve now", "unknown option now")]
    [TestCase("serve --config", "--config needs a value")]
    [TestCase("version --config /x", "unknown option --config")]
    public void Nonsense_IsNamed(string words, string problem) =>
        Assert.That(() => Parse(words), Throws.TypeOf<UsageException>().With.Message.EqualTo(problem));

    private static Arguments Parse(string words) =>
        ArgumentParser.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
