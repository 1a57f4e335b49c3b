using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>
/// What a volume is mounted from changes after it was looked up and before it is mounted: an OCI runtime that begins
/// its create by that shows what <see cref="MountRaceTests"/> leaves to chance.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ReplacedSourceTests(string runtime) : NodeFixture(runtime)
{
    private readonly string _directory = Path.Combine(
        Path.GetTempPath(), $"crisp-replaced-{runtime}-{Environment.ProcessId}");

    private string _test = "";

    private string Program => Path.Combine(_directory, "runtime");

    protected override NodeOptions Options => base.Options with
    {
        MoreSettings = $"[crio.runtime.runtimes.replacing]\nruntime_path = \"{Program}\"\n",
    };

    protected override Task PrepareAsync()
    {
        Directory.CreateDirectory(_directory);
        File.WriteAllText(Program, $"""
            #!/bin/sh
            case " $* " in
            *" create "*) [ ! -e {_directory}/replace ] || . {_directory}/replace ;;
            esac
            exec {RuntimeName} "$@"

            """);
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return Task.CompletedTask;
    }

    [SetUp]
    public void MakeSource()
    {
        _test = Path.Combine(_directory, TestContext.CurrentContext.Test.ID);
        Directory.CreateDirectory(Path.Combine(_test, "pool"));
        File.WriteAllText(Path.Combine(_test, "pool/file"), "looked up\n");
    }

    [OneTimeTearDown]
    public void RemoveProgram() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task File_ThatWasReplacedByRename_IsMounted()
    {
        File.WriteAllText(Path.Combine(_test, "pool/next"), "replaced\n");
        File.WriteAllText(Path.Combine(_directory, "replace"), $"mv {_test}/pool/next {_test}/pool/file\n");
        var (pod, container) = await AskAsync();

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("replaced"));
    }

    [Test]
    public async Task File_ThatALinkLeadsAwayFrom_IsRefused()
    {
        Directory.CreateDirectory(Path.Combine(_test, "outside"));
        File.WriteAllText(Path.Combine(_test, "outside/file"), "elsewhere\n");
        File.WriteAllText(Path.Combine(_directory, "replace"),
            $"mv {_test}/pool {_test}/former; ln -s outside {_test}/pool\n");
        var (pod, container) = await AskAsync();

        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => CreateAsync(pod, container), $"{_test}/pool/file on /file",
            "something changes the path");
    }

    private async Task<(Pod Pod, ContainerConfig Container)> AskAsync()
    {
        var config = PodRequest.Of(Node).OnNodeNetwork();
        Pod pod = new(await Cri.RunPodAsync(config, "replacing"), config);
        return (pod, ContainerRequest.Of(config, Busybox, "cat", "/file").With(asked => asked.Mounts.Add(new Mount
        {
            ContainerPath = "/file",
            HostPath = Path.Combine(_test, "pool/file"),
        })));
    }
}
