using System.Text.RegularExpressions;
using Crisp.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Tests.Configuration;

public sealed class ConfigurationTextTests
{
    private static readonly string Packaged =
        File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "crisp.conf"));

    [Test]
    public void PackagedFile_DocumentsTheBuiltInDefaults() =>
        Assert.That(Packaged, Is.EqualTo(ConfigurationText.Render(new CrispConfiguration())),
            "packaging/crisp.conf must be what `crisp config --default` prints");

    [Test]
    public void PackagedFile_WithEveryKeySwitchedOn_LoadsAsTheDefaults()
    {
        using var directory = new TemporaryDirectory();
        var text = Regex.Replace(Packaged, "^#(?=[a-z[])", "", RegexOptions.Multiline);

        var loaded = ConfigurationLoader.Load(new ConfigurationSources { File = directory.Write("crisp.conf", text) });

        Assert.That(loaded.Warnings, Is.Empty);
        Assert.That(Shown(loaded.Configuration.Handlers["crun"]), Is.EqualTo(Shown(new HandlerSettings())));
        var withoutHandlers = loaded.Configuration with { Handlers = new CrispConfiguration().Handlers };
        Assert.That(ConfigurationText.Render(withoutHandlers), Is.EqualTo(Packaged));
    }

    [Test]
    public void PrintedConfiguration_LoadsAsItself()
    {
        using var directory = new TemporaryDirectory();
        var defaults = new CrispConfiguration();
        var changed = defaults with
        {
            Runtime = defaults.Runtime with { LogLevel = LogLevel.Warning, DefaultEnv = ["A=\"quoted\"\n"] },
            Handlers = new Dictionary<string, HandlerSettings> { ["my.runc"] = new()
            {
                RuntimePath = "/opt/runc",
                ContainerMinMemoryBytes = 5L << 20,
                AllowedAnnotations = ["a.b/c"]
            } },
        };
        var text = ConfigurationText.Render(changed);

        var loaded = ConfigurationLoader.Load(new ConfigurationSources { File = directory.Write("crisp.conf", text) });

        Assert.That(loaded.Warnings, Is.Empty);
        Assert.That(ConfigurationText.Render(loaded.Configuration), Is.EqualTo(text));
        Assert.That(loaded.Configuration.Runtime.DefaultEnv, Is.EqualTo(changed.Runtime.DefaultEnv));
        Assert.That(Shown(loaded.Configuration.Handlers["my.runc"]), Is.EqualTo(Shown(changed.Handlers["my.runc"])));
    }

    private static IEnumerable<string> Shown(HandlerSettings handler) => HandlerKeys.All.Select(k => k.Show(handler));
}
