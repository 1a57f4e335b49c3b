using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Configuration;

namespace Crisp.Ctl.Tests.Configuration;

public sealed class SettingsFileTests
{
    private string _path = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _path = Path.GetTempFileName();
        File.WriteAllText(_path, """
            runtime-endpoint: unix:///run/one.sock
            image-endpoint: "unix:///run/two.sock"
            timeout: 10
            debug: true
            pull-image-on-create: true
            """);
    }

    [TearDown]
    public void TearDown() => File.Delete(_path);

    [Test]
    public void Load_File_GivesItsSettings()
    {
        var settings = Load("--config", _path);
        Assert.Multiple(() =>
        {
            Assert.That(settings.RuntimeEndpoint, Is.EqualTo(new Endpoint("/run/one.sock")));
            Assert.That(settings.ImageEndpoint, Is.EqualTo(new Endpoint("/run/two.sock")));
            Assert.That(settings.ConnectTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(settings.CallTimeout, Is.Null, "the file's timeout is about connecting");
            Assert.That(settings.Debug && settings.PullImageOnCreate && !settings.DisablePullOnRun);
        });
    }

    [Test]
    public void Load_CommandLine_OutdoesTheFile()
    {
        var settings = Load("--config", _path, "-r", "/run/three.sock", "-t", "1s");
        Assert.That(settings.RuntimeEndpoint, Is.EqualTo(new Endpoint("/run/three.sock")));
        Assert.That(settings.CallTimeout, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Load_NamedFileMissing_IsAnError() =>
        Assert.Throws<CtlException>(() => Load("--config", "/nonexistent"));

    [Test]
    public void Load_EndpointOfAnotherKind_IsAnError() =>
        Assert.That(
            Assert.Throws<CtlException>(() => Load("--config", _path, "-r", "tcp://1.2.3.4:5"))!.Message,
            Does.StartWith("\"tcp://1.2.3.4:5\" is not the address of a unix socket"));

    private static ClientSettings Load(params string[] words) =>
        SettingsFile.Load(FlagParser.Parse(GlobalFlags.All, words, stopAtArgument: true, _ => null).Flags);
}
