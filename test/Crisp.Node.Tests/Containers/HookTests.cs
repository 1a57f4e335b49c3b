namespace Crisp.Node.Tests.Containers;

/// <summary>OCI hooks directories: which containers their programs are called for, and when.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class HookTests(string runtime) : NodeFixture(runtime)
{
    private static string Hooks => Path.Combine(NodeRun.Slot.Directory, "node", "hooks.d");

    protected override NodeOptions Options => base.Options with { RuntimeSettings = $"hooks_dir = [\"{Hooks}\"]" };

    [SetUp]
    public void MakeDirectory() => Directory.CreateDirectory(Hooks);

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(Hooks, recursive: true);

    [TestCase("prestart")]
    [TestCase("createRuntime")]
    [TestCase("poststop")]
    public async Task Always_IsCalledAtItsStage_WithTheContainersState(string stage)
    {
        Write("a", stage, "\"always\": true");
        var pod = await RunPlainPodAsync();

        var id = await RunAsync(pod, "true");
        await Cri.ExitedAsync(id);
        await Cri.RemoveAsync(id);

        Assert.That(await File.ReadAllTextAsync(StateOf("a")), Does.Contain(id));
    }

    [TestCase("\"annotations\": {\"^vendor\": \"^yes$\"}", true)]
    [TestCase("\"annotations\": {\"^vendor\": \"^no$\"}", false)]
    [TestCase("\"commands\": [\"true$\"]", true)]
    [TestCase("\"commands\": [\"false$\"]", false)]
    [TestCase("\"hasBindMounts\": true", false)]
    [TestCase("\"always\": false", false)]
    [TestCase("\"always\": true, \"commands\": [\"false$\"]", false)]
    public async Task Condition_DecidesWhetherItIsCalled(string when, bool isCalled)
    {
        Write("a", "createRuntime", when);
        var pod = await RunPlainPodAsync(config => config.Annotations["vendor.com/use"] = "yes");

        await PrintedAsync(pod, "true");

        Assert.That(File.Exists(StateOf("a")), Is.EqualTo(isCalled));
    }

    [Test]
    public async Task HasBindMounts_MeansThoseOfTheRequest()
    {
        Write("a", "createRuntime", "\"hasBindMounts\": true");
        var pod = await RunPlainPodAsync();

        await PrintedAsync(pod, Container(pod, "true")
            .With(config => config.Mounts.Add(new Mount { ContainerPath = "/hooks", HostPath = Hooks })));

        Assert.That(File.Exists(StateOf("a")));
    }

    [Test]
    public async Task BrokenFile_IsLeftOut_AndSaid()
    {
        await File.WriteAllTextAsync(Path.Combine(Hooks, "broken.json"), "{ \"version\": \"1.0.0\", \"wen\": {} }");
        Write("a", "createRuntime", "\"always\": true");
        var pod = await RunPlainPodAsync();

        await PrintedAsync(pod, "true");

        Assert.That(File.Exists(StateOf("a")));
        await Node.Daemon.Log.SaysAsync("broken.json");
    }

    [Test]
    public async Task HookThatFails_FailsTheContainer_AndNothingIsLeft()
    {
        Write("a", "createRuntime", "\"always\": true", "exit 3");
        var pod = await RunPlainPodAsync();

        await Refused.ExpectAsync(() => CreateAsync(pod, Container(pod, "true")));

        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }

    private static string StateOf(string name) => Path.Combine(Hooks, $"{name}.state");

    private static void Write(string name, string stage, string when, string ending = "exit 0")
    {
        var program = Path.Combine(Hooks, $"{name}.sh");
        File.WriteAllText(program, $"#!/bin/sh\ncat >{StateOf(name)}\n{ending}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var hook = "{\"path\": \"" + program + "\"}";
        File.WriteAllText(
            Path.Combine(Hooks, $"{name}.json"),
            $$"""{"version": "1.0.0", "hook": {{hook}}, "when": { {{when}} }, "stages": ["{{stage}}"]}""");
    }
}
