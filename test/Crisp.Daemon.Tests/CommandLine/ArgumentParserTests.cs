using Crisp.Daemon.CommandLine;

namespace Crisp.Daemon.Tests.CommandLine;

public sealed class ArgumentParserTests
{
    [TestCase("", Command.Help)]
    [TestCase("--help", Command.Help)]
    [TestCase("serve --help", Command.Help)]
    [TestCase("status --help", Command.Help)]
    [TestCase("status containers -h", Command.Help)]
    [TestCase("serve", Command.Serve)]
    [TestCase("config --default", Command.Config)]
    [TestCase("version", Command.Version)]
    [TestCase("--version", Command.Version)]
    public void Words_NameTheCommand(string words, object command) =>
        Assert.That(Parse(words).Command, Is.EqualTo(command));

    [TestCase("serve --config /a.conf -d /d --log-level debug")]
    [TestCase("serve -c /a.conf --config-dir=/d --log-level=debug")]
    [TestCase("-c /a.conf -l debug serve -d /d")]
    [TestCase("-c /a.conf -d /d -l debug")]
    public void Options_TakeTheirValueEitherWay_BeforeAndBehindTheVerb(string words)
    {
        var arguments = Parse(words);
        Assert.That((arguments.Command, arguments.Sources.EffectiveFile, arguments.Sources.EffectiveDirectory),
            Is.EqualTo((Command.Serve, "/a.conf", "/d")));
        Assert.That(arguments.Options.Select(option => (option.Flag.Table, option.Flag.Key, option.Text)),
            Is.EqualTo(new[] { ("crio.runtime", "log_level", "debug") }));
    }

    [Test]
    public void Switches_NeedNoValue_AndTakeOneBehindTheEqualsSign()
    {
        var options = Parse("--selinux --read-only=false --log-journald config").Options;
        Assert.That(options.Select(option => (option.Flag.Key, option.Text)),
            Is.EqualTo(new[] { ("selinux", "true"), ("read_only", "false"), ("log_to_journald", "true") }));
    }

    [Test]
    public void Sources_HaveTheirDefaults()
    {
        Assert.That(Parse("serve").Sources.EffectiveFile, Is.EqualTo("/etc/crisp/crisp.conf"));
        Assert.That(Parse("serve -c /a.conf").Sources.EffectiveDirectory, Is.EqualTo("/a.conf.d"));
    }

    [Test]
    public void CalledAsCriO_ItServesWithoutAWord_FromWhereCriOHasItsFiles()
    {
        var arguments = ArgumentParser.Parse([], "crio");
        Assert.That(arguments.Command, Is.EqualTo(Command.Serve));
        Assert.That(arguments.Sources.EffectiveFile, Is.EqualTo("/etc/crio/crio.conf"));
        Assert.That(ArgumentParser.Parse(["-c", "/a.conf"], "crio").Sources.EffectiveDirectory,
            Is.EqualTo("/etc/crio/crio.conf.d"));
        Assert.That(arguments.Sources.Listen, Is.EqualTo("/var/run/crio/crio.sock"));
    }

    [Test]
    public void EmptyNames_AreNoFileAndNoDirectory()
    {
        var sources = ArgumentParser.Parse(["-c", "", "-d", "", "config"]).Sources;
        Assert.That((sources.EffectiveFile, sources.EffectiveDirectory), Is.EqualTo(("", "")));
    }

    [TestCase("fly", "unknown command fly")]
    [TestCase("serve --default", "unknown option --default")]
    [TestCase("serve --colour red", "unknown option --colour")]
    [TestCase("serve --cgroup-manger systemd", "unknown option --cgroup-manger; did you mean --cgroup-manager?")]
    [TestCase("--cofnig=/x", "unknown option --cofnig=/x; did you mean --config?")]
    [TestCase("serve now", "now is one word too many; options begin with a dash")]
    [TestCase("serve --config", "--config needs a value")]
    [TestCase("serve --listen", "--listen needs a value")]
    [TestCase("version --config /x", "version takes no options")]
    public void Nonsense_IsNamed(string words, string problem) =>
        Assert.That(() => Parse(words), Throws.TypeOf<UsageException>().With.Message.EqualTo(problem));

    private static Arguments Parse(string words) =>
        ArgumentParser.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
