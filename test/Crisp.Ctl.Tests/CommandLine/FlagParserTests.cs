using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.Tests.CommandLine;

public sealed class FlagParserTests
{
    private static readonly Flag[] s_flags =
    [
        Flag.Switch("all", 'a', ""),
        Flag.Switch("quiet", 'q', ""), Flag.Text("output", 'o', "") with { Default = "table" },
        Flag.Texts("label", null, ""), Flag.Number("last", 'n', ""), Flag.Duration("timeout", 't', ""),
        Flag.Text("endpoint", null, "") with { Environment = ["FIRST", "SECOND"] },
    ];

    [Test]
    public void Parse_AllForms_AreUnderstood()
    {
        var (flags, arguments) = Parse(
            "-aq", "one", "--output=json", "--label", "a=b", "--label=c=d", "-n", "3", "two", "-t=1m");
        Assert.Multiple(() =>
        {
            Assert.That(flags.Switch("all") && flags.Switch("quiet"));
            Assert.That(flags.Text("output"), Is.EqualTo("json"));
            Assert.That(flags.Texts("label"), Is.EqualTo(new[] { "a=b", "c=d" }));
            Assert.That(flags.Number("last"), Is.EqualTo(3));
            Assert.That(flags.Duration("timeout"), Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(arguments, Is.EqualTo(new[] { "one", "two" }));
        });
    }

    [Test]
    public void Parse_Nothing_GivesDefaults()
    {
        var (flags, _) = Parse();
        Assert.That((flags.Switch("all"), flags.Text("output"), flags.Number("last"), flags.IsSet("output")),
            Is.EqualTo((false, "table", 0L, false)));
    }

    [Test]
    public void Parse_StopAtArgument_LeavesTheCommandAlone()
    {
        var (flags, arguments) = FlagParser.Parse(
            s_flags, ["-q", "id", "ls", "-la", "--", "x"], stopAtArgument: true, _ => null);
        Assert.That(arguments, Is.EqualTo(new[] { "id", "ls", "-la", "--", "x" }));
        Assert.That(flags.Switch("all"), Is.False);
    }

    [Test]
    public void Parse_DoubleDash_EndsOptions() =>
        Assert.That(Parse("--", "-a").Arguments, Is.EqualTo(new[] { "-a" }));

    [Test]
    public void Parse_Environment_IsUsedUnlessTheCommandLineSpeaks()
    {
        string? Environment(string name) => name == "SECOND" ? "from-environment" : null;
        Assert.That(
            FlagParser.Parse(s_flags, [], false, Environment).Flags.Text("endpoint"), Is.EqualTo("from-environment"));
        Assert.That(
            FlagParser.Parse(s_flags, ["--endpoint", "x"], false, Environment).Flags.Text("endpoint"), Is.EqualTo("x"));
    }

    [TestCase("--nope", "there is no option --nope")]
    [TestCase("-x", "there is no option -x")]
    [TestCase("-ox", "-o takes a value and must be the last letter of \"-ox\"")]
    [TestCase("--output", "--output needs a value")]
    [TestCase("--last=many", "--last takes a whole number, not \"many\"")]
    [TestCase("--all=perhaps", "--all is true or false, not \"perhaps\"")]
    [TestCase("--timeout=soon", "--timeout takes a duration such as 10s or 1m30s, not \"soon\"")]
    public void Parse_Mistakes_AreExplained(string word, string message) =>
        Assert.That(Assert.Throws<UsageException>(() => Parse(word))!.Message, Is.EqualTo(message));

    private static (ParsedFlags Flags, IReadOnlyList<string> Arguments) Parse(params string[] words) =>
        FlagParser.Parse(s_flags, words, stopAtArgument: false, _ => null);
}
