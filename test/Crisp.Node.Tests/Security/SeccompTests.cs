using System.Text.Json;
using Grpc.Core;
using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

#pragma warning disable CS0612 // what kubelets before 1.30 send is tested, too

namespace Crisp.Node.Tests.Security;

/// <summary>
/// System call filters, as a program inside the container meets them and as the host's /proc shows them.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class SeccompTests(string runtime) : NodeFixture(runtime)
{
    private const int Eperm = 1;
    private const int Enosys = 38;
    private const int Eafnosupport = 97;

    /// <summary>What the filter of RuntimeDefault answers to a container with the usual capabilities.</summary>
    private static readonly Dictionary<string, int> Refusals = new()
    {
        ["keyctl"] = Eperm, ["add_key"] = Eperm, ["request_key"] = Eperm, ["bpf"] = Eperm, ["perf_event_open"] = Eperm,
        ["kexec_load"] = Eperm, ["kexec_file_load"] = Eperm, ["init_module"] = Eperm, ["reboot"] = Eperm,
        ["userfaultfd"] = Eperm,
        ["swapon"] = Eperm, ["open_by_handle_at"] = Eperm, ["setns"] = Eperm, ["mount"] = Eperm, ["fsopen"] = Eperm,
        ["unshare-user"] = Eperm, ["unshare-mount"] = Eperm, ["clone-user"] = Eperm, ["clone-all"] = Eperm,
        ["clone3"] = Enosys, ["io_uring_setup"] = Enosys, ["personality"] = Enosys, ["of-next-year"] = Enosys,
        ["socket-alg"] = Eafnosupport, ["socket-vsock"] = Eafnosupport,
    };

    private static readonly string[] Allowed =
        ["clone", "socket-unix", "socket-inet", "socket-netlink", "ptrace", "process_vm_readv", "getrandom"];

    /// <summary>
    /// Of the refused ones, those that the kernel lets every process try: without a filter it answers otherwise.
    /// </summary>
    private static readonly string[] RefusedByTheFilterAlone =
        ["keyctl",
            "add_key", "request_key", "clone-user", "unshare-user", "clone3", "io_uring_setup", "personality", "setns"];

    private string _probe = "";

    private string Profiles => Path.Combine(Node.Directory, "seccomp");

    [OneTimeSetUp]
    public async Task BuildProbeAsync() =>
        _probe = await SyscallProbe.BuildAsync(Directory.CreateDirectory(Profiles).FullName);

    [Test]
    public async Task RuntimeDefault_RefusesWhatIsDangerous_AndLetsOrdinaryCallsPass() =>
        AssertDefault(await ProbeAsync(security => security.Seccomp = Default));

    [Test]
    public async Task RuntimeDefault_InTheWordsOfOlderClients() => AssertDefault(await ProbeAsync(security =>
    {
        security.Seccomp = null;
        security.SeccompProfilePath = "runtime/default";
    }));

    [Test]
    public async Task RuntimeDefault_HoldsForExecs()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container => Confine(container, security => security.Seccomp = Default));

        AssertDefault(SyscallProbe.Parse(await Cri.OutputAsync(id, SyscallProbe.PathInside)));
    }

    [Test]
    public async Task RuntimeDefault_TheHostSeesTheFilter()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container => container.Linux.SecurityContext.Seccomp = Default);

        Assert.That(await SeccompModeAsync(id), Is.EqualTo("2"), "SECCOMP_MODE_FILTER, proc(5)");
    }

    [Test]
    public async Task RuntimeDefault_ACapabilityBringsItsCalls()
    {
        Dictionary<string, int> answers = await ProbeAsync(security =>
        {
            security.Seccomp = Default;
            security.Capabilities = new Capability { AddCapabilities = { "SYS_ADMIN" } };
        });

        Assert.Multiple(() =>
        {
            foreach (string call in new[] { "unshare-mount", "mount", "fsopen", "setns", "clone3", "clone-all" })
                Assert.That(answers[call], Is.Not.EqualTo(Eperm).And.Not.EqualTo(Enosys), call);
            foreach (string call in new[] { "keyctl", "kexec_load", "io_uring_setup", "socket-alg", "reboot" })
                Assert.That(answers[call], Is.EqualTo(Refusals[call]), call);
        });
    }

    [Test]
    public async Task Unconfined_OrNothingSaid_HasNoFilter([Values] bool said)
    {
        Dictionary<string, int> answers = await ProbeAsync(security =>
            security.Seccomp = said ? new SecurityProfile { ProfileType = ProfileType.Unconfined } : null);

        Assert.That(RefusedByTheFilterAlone.Where(call => answers[call] == Refusals[call]), Is.Empty);
    }

    [Test]
    public async Task Privileged_IgnoresEveryProfile()
    {
        Pod pod = await RunPlainPodAsync(config => config.Linux.SecurityContext.Privileged = true);
        string id = await RunSleeperAsync(pod, container => Confine(container, security =>
        {
            security.Privileged = true;
            security.Seccomp = Localhost("/no/such/profile.json");
        }));

        Assert.That(await SeccompModeAsync(id), Is.EqualTo("0"));
    }

    [Test]
    public async Task PodInit_HasTheFilterOfItsPod()
    {
        Pod pod = await RunPlainPodAsync(config => config.WithSharedProcesses());
        PodSandboxStatusResponse response = await Cri.Runtime.PodSandboxStatusAsync(
            new PodSandboxStatusRequest { PodSandboxId = pod.Id, Verbose = true }, CriCalls.Options());
        using JsonDocument info = JsonDocument.Parse(response.Info["info"]);

        Assert.That(
            await StartedProcess.SeccompModeAsync(info.RootElement.GetProperty("pid").GetInt32()), Is.EqualTo("2"));
    }

    [TestCase("message")]
    [TestCase("message with the older prefix")]
    [TestCase("string")]
    public async Task Localhost_IsTheFileThatIsNamed(string spelling)
    {
        string path = WriteProfile("mkdir.json", """
            { "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
              { "names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errno": "EXDEV" }] }
            """);
        Pod pod = await RunPlainPodAsync();

        string printed = await PrintedAsync(pod, Container(pod, "sh", "-c", "mkdir /new 2>&1; echo still here")
            .With(container => Confine(container, security =>
            {
                security.Seccomp = spelling == "string"
                    ? null
                    : Localhost(spelling == "message" ? path : "localhost/" + path);
                security.SeccompProfilePath = spelling == "string" ? "localhost/" + path : "";
            })));

        Assert.That(printed, Does.Contain("Invalid cross-device link").And.EndsWith("still here"));
    }

    [TestCase("absent.json", null, "there is no seccomp profile")]
    [TestCase("broken.json", "{ not json", "JSON")]
    [TestCase(
        "notify.json",
        """{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["mkdir"], "action": "SCMP_ACT_NOTIFY" }] }""",
        "notification")]
    [TestCase("unknown.json", """{ "defaultAction": "SCMP_ACT_DANCE" }""", "SCMP_ACT_DANCE")]
    [TestCase("empty.json", "", "JSON")]
    public async Task Localhost_ThatCannotBeHonoured_IsRefused_AndNothingIsLeft(
        string name, string? content, string reason)
    {
        if (content is not null)
            WriteProfile(name, content);

        await AssertRefusedAsync(Path.Combine(Profiles, name), name, reason);
    }

    [Test]
    public async Task Localhost_ThatIsNoFile_IsRefused_WithoutHanging()
    {
        string pipe = Path.Combine(Profiles, "pipe.json");
        await Command.OutputAsync("mkfifo", pipe);
        string huge = Path.Combine(Profiles, "huge.json");
        await using (FileStream file = File.Create(huge))
            file.SetLength(10L << 30);

        await AssertRefusedAsync(pipe, "pipe.json");
        await AssertRefusedAsync(Profiles, Profiles);
        await AssertRefusedAsync(huge, "huge.json");
        await AssertRefusedAsync("relative.json", "seccomp.localhost_ref");
        await AssertRefusedAsync("", "seccomp.localhost_ref");
    }

    private async Task AssertRefusedAsync(string path, params string[] parts)
    {
        Pod pod = await RunPlainPodAsync();
        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod,
                Container(pod, "true").With(container => container.Linux.SecurityContext.Seccomp = Localhost(path))),
            parts);
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    private async Task<Dictionary<string, int>> ProbeAsync(Action<LinuxContainerSecurityContext> change)
    {
        Pod pod = await RunPlainPodAsync();
        return SyscallProbe.Parse(await PrintedAsync(
            pod, Container(pod, SyscallProbe.PathInside).With(container => Confine(container, change))));
    }

    private void Confine(ContainerConfig container, Action<LinuxContainerSecurityContext> change)
    {
        container.Mounts.Add(new Mount { HostPath = _probe, ContainerPath = SyscallProbe.PathInside, Readonly = true });
        change(container.Linux.SecurityContext);
    }

    private static void AssertDefault(Dictionary<string, int> answers) => Assert.Multiple(() =>
    {
        Assert.That(answers.Where(answer => Refusals.ContainsKey(answer.Key)), Is.EquivalentTo(Refusals));
        Assert.That(answers.Where(answer => Allowed.Contains(answer.Key)),
            Is.EquivalentTo(Allowed.Select(call => KeyValuePair.Create(call, 0))));
    });

    private async Task<string> SeccompModeAsync(string id) =>
        await StartedProcess.SeccompModeAsync(await Cri.PidAsync(id));

    private string WriteProfile(string name, string content)
    {
        string path = Path.Combine(Profiles, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static SecurityProfile Default => new() { ProfileType = ProfileType.RuntimeDefault };

    private static SecurityProfile Localhost(string path) =>
        new() { ProfileType = ProfileType.Localhost, LocalhostRef = path };
}
