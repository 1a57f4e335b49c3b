using Crisp.Daemon.CommandLine;
using Crisp.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Tests.Configuration;

public sealed class ConfigurationOptionsTests
{
    [Test]
    public void Options_AreReadAsTheirKeysWantThem()
    {
        var configuration = Apply(
            "--listen /run/x.sock --log-size-max 9000 --selinux --enable-criu-support=false --hooks-dir /a,/b "
            + "--default-ulimits nofile=1:2 --default-ulimits nproc=3:4 --cni-plugin-dir=/p --ctr-stop-timeout 7");
        Assert.Multiple(() =>
        {
            Assert.That(configuration.Api.Listen, Is.EqualTo("/run/x.sock"));
            Assert.That(configuration.Runtime.LogSizeMaxBytes, Is.EqualTo(9000));
            Assert.That(configuration.Runtime.SELinux, Is.True);
            Assert.That(configuration.Runtime.EnableCriuSupport, Is.False);
            Assert.That(configuration.Runtime.HooksDirectories, Is.EqualTo(new[] { "/a", "/b" }));
            Assert.That(configuration.Runtime.DefaultUlimits, Is.EqualTo(new[] { "nofile=1:2", "nproc=3:4" }));
            Assert.That(configuration.Network.PluginDirectories, Is.EqualTo(new[] { "/p" }));
            Assert.That(configuration.Runtime.ContainerStopTimeout, Is.EqualTo(TimeSpan.FromSeconds(7)));
        });
    }

    [Test]
    public void Environment_HasEachOption_AndTheCommandLineGoesBeforeIt()
    {
        var environment = ConfigurationOptions.OfEnvironment(name => name switch
        {
            "CONTAINER_DEFAULT_CAPABILITIES" => "CHOWN,KILL",
            "CONTAINER_DEFAULT_ENV" => "A=1",
            "CONTAINER_LOG_LEVEL" => "debug",
            "CONTAINER_PIDS_LIMIT" => "",
            _ => null,
        });
        var typed = ArgumentParser.Parse(["--default-env", "B=2"]).Options;

        var runtime = ConfigurationOptions.ApplyTo(new CrispConfiguration(), [.. environment, .. typed], []).Runtime;

        Assert.That(runtime.DefaultCapabilities, Is.EqualTo(new[] { "CHOWN", "KILL" }));
        Assert.That(runtime.LogLevel, Is.EqualTo(LogLevel.Debug));
        Assert.That(runtime.DefaultEnv, Is.EqualTo(new[] { "B=2" }));
    }

    [Test]
    public void Runtimes_AreHandlers()
    {
        var handlers = Apply("--runtimes crun:/bin/crun:/run/c:oci::,runc:/bin/runc::oci:true,:/bin/x:/y").Handlers;
        Assert.That(handlers.Keys, Is.EqualTo(new[] { "crun", "runc" }));
        Assert.That((handlers["crun"].RuntimePath, handlers["crun"].RuntimeRoot), Is.EqualTo(("/bin/crun", "/run/c")));
        Assert.That(handlers["crun"].AllowedAnnotations, Is.Empty, "nobody allowed any");
        Assert.That((handlers["runc"].RuntimePath, handlers["runc"].PrivilegedWithoutHostDevices),
            Is.EqualTo(("/bin/runc", true)));
    }

    [Test]
    public void OptionsOfCriO_ThatCrispHasNoUseFor_AreWarnings()
    {
        var warnings = new List<string>();
        var options = ArgumentParser.Parse(["--conmon", "/bin/conmon", "--profile", "--log-format=text"]).Options;
        ConfigurationOptions.ApplyTo(new CrispConfiguration(), options, warnings);
        Assert.That(warnings, Is.EqualTo(new[]
        {
            "--conmon has no effect in crisp",
            "--profile has no effect in crisp",
            "--log-format has no effect in crisp",
        }));
    }

    [TestCase("--ctr-stop-timeout soon",
        "--ctr-stop-timeout must be an integer from 1 to 2147483647, not \"soon\"")]
    [TestCase("--selinux=maybe", "--selinux must be true or false, not \"maybe\"")]
    [TestCase("--listen x.sock", "--listen must be an absolute path, not \"x.sock\"")]
    [TestCase("--runtimes crun",
        "--runtimes must be NAME:PATH:ROOT:TYPE:PRIVILEGED_WITHOUT_HOST_DEVICES, not \"crun\"")]
    [TestCase("--runtimes kata:/bin/kata::vm", "--runtimes kata: runtime_type knows only \"oci\"")]
    public void WrongValues_AreRefusedByTheOptionsName(string words, string problem) =>
        Assert.That(() => Apply(words), Throws.TypeOf<ConfigurationException>().With.Message.EqualTo(problem));

    [Test]
    public void Names_AreOnesOfTheirOwn() =>
        Assert.That(ConfigurationFlags.All.Select(flag => flag.Name), Is.Unique);

    private static CrispConfiguration Apply(string words) => ConfigurationOptions.ApplyTo(
        new CrispConfiguration(), ArgumentParser.Parse(words.Split(' ')).Options, []);
}
