using Crisp.Errors;

namespace Crisp.OciRuntime.Tests;

/// <summary>The verbs as the double saw them, and how failures come back.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class OciRuntimeCliTests
{
    private readonly DoubleRuntime _runtime = new();

    [TearDown]
    public void TearDown()
    {
        Assert.That(Directory.Exists(_runtime.CallDirectory)
            ? Directory.GetFiles(_runtime.CallDirectory)
            : [], Is.Empty, "call files are left");
        _runtime.Dispose();
    }

    [Test]
    public void CreateArguments_AreCompleteAndReadyMade()
    {
        var create = _runtime.Create(_runtime.Options with { SystemdCgroup = true, NoPivot = true })
            .CreateArguments("ID", "/b", "/b/pid", "/b/log", "/b/console");
        Assert.That(create.Program, Is.EqualTo(_runtime.Options.Path));
        Assert.That(create.Arguments, Is.EqualTo(new[]
        {
            "--root", _runtime.Root, "--log", "/b/log", "--log-format", "json", "--systemd-cgroup",
            "create", "--bundle", "/b", "--pid-file", "/b/pid", "--no-pivot", "--console-socket", "/b/console", "ID",
        }));
    }

    [Test]
    public async Task Start_CallsTheVerb_WithNothingInherited()
    {
        await _runtime.Cli.StartAsync(DoubleRuntime.Known, CancellationToken.None).ConfigureAwait(false);
        Assert.Multiple(() =>
        {
            Assert.That(_runtime.LastCall, Does.StartWith($"--root | {_runtime.Root} | --log | "));
            Assert.That(_runtime.LastCall, Does.EndWith($" | --log-format | json | start | {DoubleRuntime.Known}"));
            Assert.That(_runtime.Read("stdin"), Is.Empty);
            Assert.That(_runtime.Read("environment"), Does.Not.Contain("DOTNET"));
        });
    }

    [Test]
    public void Failure_IsTheLastErrorOfTheLog()
    {
        _runtime.Fail("start", "first");
        File.AppendAllText(_runtime.InDirectory("start.log"),
            "{\"level\":\"warning\",\"msg\":\"no\"}\n{\"level\":\"error\",\"msg\":\"cannot do it\"}\nnot json\n");
        _runtime.Answer("start", "stderr", "the container's own words");
        var error = Fails(() => _runtime.Cli.StartAsync("abc", CancellationToken.None));
        Assert.Multiple(() =>
        {
            Assert.That(error.Kind, Is.EqualTo(ErrorKind.Internal));
            Assert.That(error.RuntimeMessage, Is.EqualTo("cannot do it"));
            Assert.That(error.Message, Is.EqualTo("double start of container \"abc\" failed: cannot do it"));
        });
    }

    [Test]
    public void Failure_WithoutLog_IsStderrOrTheExitCode()
    {
        _runtime.Answer("start", "exit", "3");
        Assert.That(Fails(() => _runtime.Cli.StartAsync("abc", CancellationToken.None)).RuntimeMessage,
            Does.Contain("exit code 3"));
        _runtime.Answer("start", "stderr", "usage: ...\n");
        Assert.That(Fails(() => _runtime.Cli.StartAsync("abc", CancellationToken.None)).RuntimeMessage,
            Is.EqualTo("usage: ..."));
    }

    [Test]
    public void Failure_ByAHang_EndsIt()
    {
        _runtime.Answer("start", "hang", "");
        var cli = _runtime.Create(_runtime.Options with { Timeout = TimeSpan.FromMilliseconds(200) });
        Assert.That(
            Fails(() => cli.StartAsync("abc", CancellationToken.None)).RuntimeMessage, Does.Contain("was killed"));
    }

    [Test]
    public void Failure_ByAMissingProgram_NamesIt()
    {
        var cli = _runtime.Create(_runtime.Options with { Path = "/nonexistent/crun" });
        Assert.That(Fails(() => cli.StartAsync("abc", CancellationToken.None)).RuntimeMessage,
            Does.Contain("/nonexistent/crun"));
    }

    [Test]
    public async Task Delete_UnknownToTheRuntime_Succeeds()
    {
        _runtime.Fail("delete", "container does not exist");
        await _runtime.Cli.DeleteAsync("gone", force: true, CancellationToken.None).ConfigureAwait(false);
        Assert.That(_runtime.LastCall, Does.EndWith(" | delete | --force | gone"));
    }

    [Test]
    public void Delete_Known_Fails()
    {
        _runtime.Fail("delete", "device or resource busy");
        Assert.That(
            Fails(() => _runtime.Cli.DeleteAsync(DoubleRuntime.Known, force: false, CancellationToken.None))
                .RuntimeMessage,
            Is.EqualTo("device or resource busy"));
    }

    [Test]
    public async Task State_Unknown_IsNullWithoutACall()
    {
        Assert.That(await _runtime.Cli.StateAsync("gone", CancellationToken.None).ConfigureAwait(false), Is.Null);
        Assert.That(_runtime.Calls, Is.Empty);
    }

    [Test]
    public async Task State_Known_IsParsed()
    {
        _runtime.Answer(
            "state", "stdout",
            """{"ociVersion":"1.0.0","id":"abc123","pid":77,"status":"running","bundle":"/b","rootfs":"r","owner":""}""");
        var state = await _runtime.Cli.StateAsync(DoubleRuntime.Known, CancellationToken.None).ConfigureAwait(false);
        Assert.That(state, Is.EqualTo(new RuntimeState("abc123", RuntimeStatus.Running, 77, "/b")));
    }

    [TestCase("garbage")]
    [TestCase("null")]
    [TestCase("""{"ociVersion":"1","id":"a","status":"17","bundle":"/b"}""")]
    [TestCase("""{"ociVersion":"1"}""")]
    public void State_Garbage_IsAFailure(string answer)
    {
        _runtime.Answer("state", "stdout", answer);
        Assert.That(Fails(() => _runtime.Cli.StateAsync(DoubleRuntime.Known, CancellationToken.None)).Verb,
            Is.EqualTo("state"));
    }

    [Test]
    public async Task Update_WritesTheLimitsThatAreSet()
    {
        var limits = new Oci.Resources { Cpu = new Oci.CpuResources { Shares = 512 } };
        await _runtime.Cli.UpdateAsync("abc", limits, CancellationToken.None).ConfigureAwait(false);
        Assert.That(_runtime.Read("input-update"), Is.EqualTo("""{"cpu":{"shares":512}}"""));
    }

    [Test]
    public async Task Probe_WithoutFeatures_GoesByTheVersion()
    {
        _runtime.Answer(
            "version", "stdout", "crun version 1.8.1\ncommit: f8a0\nrundir: /run/crun\nspec: 1.0.0\n+SYSTEMD\n");
        _runtime.Answer("features", "exit", "1");
        var probe = await _runtime.Cli.ProbeAsync(CancellationToken.None).ConfigureAwait(false);
        Assert.Multiple(() =>
        {
            Assert.That(probe.Version, Is.EqualTo("1.8.1"));
            Assert.That(probe.OciVersion, Is.EqualTo("1.0.0"));
            Assert.That(probe.HasFeatures, Is.False);
            Assert.That(probe.RecursiveReadOnlyMounts, Is.True);
            Assert.That(probe.IdMappedMounts, Is.True);
            Assert.That(probe.RefusesSplitCgroups, Is.True);
            Assert.That(probe.CriuFile, Is.EqualTo("/etc/criu/crun.conf"));
            Assert.That(probe.LeavesCgroupsToCriu, Is.False);
            Assert.That(probe.CannotRemoveCpuQuota, Is.True);
        });
    }

    [Test]
    public async Task Probe_WithFeatures_GoesByThem()
    {
        _runtime.Answer("version", "stdout", "runc version 1.1.5+ds1\nspec: 1.0.2-dev\ngo: go1.19\n");
        _runtime.Answer("features", "stdout",
            """{"mountOptions":["ro","rro"],"linux":{"mountExtensions":{"idmap":{"enabled":true}}},"potentiallyUnsafeConfigAnnotations":["bundle","x."]}""");
        var probe = await _runtime.Cli.ProbeAsync(CancellationToken.None).ConfigureAwait(false);
        Assert.Multiple(() =>
        {
            Assert.That(probe.OciVersion, Is.EqualTo("1.0.2-dev"));
            Assert.That(probe.HasFeatures && probe.RecursiveReadOnlyMounts && probe.IdMappedMounts, Is.True);
            Assert.That(probe.UnsafeAnnotations, Is.EqualTo(new[] { "bundle", "x." }));
            Assert.That(probe.RefusesSplitCgroups, Is.False);
            Assert.That(probe.CriuFile, Is.EqualTo("/etc/criu/runc.conf"));
            Assert.That(probe.LeavesCgroupsToCriu, Is.True);
            Assert.That(probe.CannotRemoveCpuQuota, Is.False);
        });
    }

    [Test]
    public void Probe_OfSomethingElse_SaysSo()
    {
        _runtime.Answer("version", "stdout", "hello\n");
        var error = Assert.ThrowsAsync<CrispException>(() => _runtime.Cli.ProbeAsync(CancellationToken.None));
        Assert.That(error?.Message, Does.Contain("runtime handler \"double\" cannot be used"));
    }

    private static RuntimeFailedException Fails(Func<Task> action) =>
        Assert.ThrowsAsync<RuntimeFailedException>(() => action())!; // ThrowsAsync fails the test on null
}
