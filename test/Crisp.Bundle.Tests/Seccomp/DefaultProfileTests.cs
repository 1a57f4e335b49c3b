using Crisp.Bundle.Seccomp;

namespace Crisp.Bundle.Tests.Seccomp;

/// <summary>packaging/seccomp.json: what it lets through, what it refuses, and to whom.</summary>
public class DefaultProfileTests
{
    private const string Allow = "SCMP_ACT_ALLOW";
    private const uint Eperm = 1;
    private const uint Enosys = 38;

    private static readonly SeccompHost Host = new("amd64", new KernelVersion(6, 1));

    /// <summary>Those that CRI-O gives to a container that asks for none.</summary>
    private static readonly string[] Usual = [.. new BundleOptions().DefaultCapabilities.Select(name => $"CAP_{name}")];

    /// <summary>What a shell, a package manager, a Java or Go program and a database cannot do without.</summary>
    [TestCase("read", "write", "openat", "openat2", "close_range",
        "statx", "newfstatat", "getdents64", "copy_file_range", "fchmodat2", "renameat2", "mknodat", "utimensat")]
    [TestCase("mmap", "mprotect", "brk", "madvise", "mlock2", "memfd_create", "membarrier", "pkey_alloc", "mseal")]
    [TestCase("execve", "execveat", "fork", "vfork", "wait4", "waitid", "exit_group",
        "futex", "futex_waitv", "rseq", "set_robust_list", "prlimit64", "sched_setaffinity", "pidfd_open")]
    [TestCase("rt_sigaction", "rt_sigreturn", "kill",
        "tgkill", "signalfd4", "timerfd_create", "eventfd2", "epoll_pwait2", "clock_nanosleep", "clock_gettime")]
    [TestCase("setuid", "setgroups", "capset", "prctl", "seccomp", "landlock_create_ruleset", "arch_prctl")]
    [TestCase("accept4", "bind", "connect", "sendmmsg", "recvmsg", "socketpair", "getsockopt")]
    [TestCase("shmget",
        "semtimedop", "msgrcv", "mq_open", "getrandom", "uname", "sysinfo", "io_submit", "inotify_add_watch", "flock")]
    [TestCase("time64-less 32-bit programs: ",
        "clock_gettime64", "futex_time64", "fstatat64", "mmap2", "_llseek", "waitpid", "socketcall", "ipc")]
    [TestCase("tracing, on kernels that filter before the tracer: ", "ptrace", "process_vm_readv")]
    public void OrdinaryCalls_AreAllowed(params string[] names) =>
        Assert.That(names.Where(name => !name.EndsWith(' ')).Where(name => !IsAllowed(name, Usual)), Is.Empty);

    [TestCase("keyctl", "add_key", "request_key",
        "kexec_load", "kexec_file_load", "swapon", "userfaultfd", "move_pages", "nfsservctl", "uselib", "vm86")]
    [TestCase("bpf", "perf_event_open", "mount", "umount2", "fsopen",
        "move_mount", "open_tree", "setns", "unshare", "pivot_root", "sethostname", "quotactl", "fanotify_init")]
    [TestCase("reboot", "chroot", "init_module", "finit_module", "delete_module", "acct", "kcmp", "pidfd_getfd",
        "iopl", "ioperm", "settimeofday", "clock_settime", "vhangup", "syslog", "open_by_handle_at", "mbind")]
    public void DangerousCalls_AreRefused(params string[] names) =>
        Assert.That(names.Where(name => ErrnoOf(name, Usual) != Eperm), Is.Empty);

    [TestCase("clone3")] // its flags are out of sight; the C library falls back to clone
    [TestCase("io_uring_setup")]
    [TestCase("io_uring_enter")]
    [TestCase("a_call_of_next_year")]
    public void OtherCalls_AreNotThere(string name) => Assert.That(ErrnoOf(name, Usual), Is.EqualTo(Enosys));

    [TestCase("CAP_SYS_ADMIN",
        "mount", "unshare", "setns", "clone", "clone3", "bpf", "perf_event_open", "pivot_root", "syslog")]
    [TestCase("CAP_BPF", "bpf")]
    [TestCase("CAP_PERFMON", "perf_event_open")]
    [TestCase("CAP_SYS_CHROOT", "chroot")]
    [TestCase("CAP_SYS_MODULE", "init_module")]
    [TestCase("CAP_SYS_TIME", "clock_settime")]
    [TestCase("CAP_SYSLOG", "syslog")]
    [TestCase("CAP_DAC_READ_SEARCH", "open_by_handle_at")]
    [TestCase("CAP_SYS_NICE", "mbind")]
    [TestCase("CAP_SYS_BOOT", "reboot")]
    public void ACapability_BringsItsCalls(string capability, params string[] names) => Assert.Multiple(() =>
    {
        Assert.That(names.Where(name => !IsAllowed(name, [.. Usual, capability])), Is.Empty);
        Assert.That(names.Where(name => IsAllowed(name, Usual)), Is.Empty);
    });

    [Test]
    public void NoCapability_BringsKeyrings_OrAnotherKernel() => Assert.That(
        new[] { "keyctl", "add_key", "kexec_load", "swapon", "io_uring_setup" }.Where(
            name => IsAllowed(name, [.. Usual, "CAP_SYS_ADMIN", "CAP_SYS_BOOT"])), Is.Empty);

    [TestCase("4.7", false)]
    [TestCase("4.8", true)]
    public void Ptrace_OnOldKernels_CouldChangeACallAfterTheFilter(string kernel, bool allowed)
    {
        var filter = SeccompProfile.BuiltIn.Resolve(
            Host with { Kernel = KernelVersion.Parse(kernel)!.Value }, Usual); // both are versions

        Assert.That(Rules(filter, "ptrace").Select(rule => rule.Action),
            Is.EqualTo(new[] { allowed ? Allow : "SCMP_ACT_ERRNO" }));
    }

    [Test]
    public void Ptrace_OnOldKernels_WithTheCapability() => Assert.That(
        Rules(SeccompProfile.BuiltIn.Resolve(Host with { Kernel = new KernelVersion(4, 4) }, ["CAP_SYS_PTRACE"]),
            "ptrace").Single().Action, Is.EqualTo(Allow));

    [TestCase(0u, true)]
    [TestCase(0x003d0f00u, true, Description = "pthread_create")]
    [TestCase(0x01200011u, true, Description = "fork")]
    [TestCase(0x00020000u, false, Description = "CLONE_NEWNS")]
    [TestCase(0x02000000u, false, Description = "CLONE_NEWCGROUP")]
    [TestCase(0x04000000u, false, Description = "CLONE_NEWUTS")]
    [TestCase(0x08000000u, false, Description = "CLONE_NEWIPC")]
    [TestCase(0x10000011u, false, Description = "CLONE_NEWUSER")]
    [TestCase(0x20000000u, false, Description = "CLONE_NEWPID")]
    [TestCase(0x40000000u, false, Description = "CLONE_NEWNET")]
    [TestCase(0x7e020000u, false, Description = "all of them")]
    public void Clone_WithoutTheCapability_MakesNoNamespace(uint flags, bool allowed) =>
        Assert.That(Outcomes("clone", 0, flags, Usual),
            Is.EquivalentTo(allowed ? [Allow] : Enumerable.Repeat("SCMP_ACT_ERRNO", BitsOf(flags))));

    [TestCase(1u, true, Description = "AF_UNIX")]
    [TestCase(2u, true, Description = "AF_INET")]
    [TestCase(10u, true, Description = "AF_INET6")]
    [TestCase(16u, true, Description = "AF_NETLINK")]
    [TestCase(17u, true, Description = "AF_PACKET")]
    [TestCase(38u, false, Description = "AF_ALG, CVE-2026-31431")]
    [TestCase(40u, false, Description = "AF_VSOCK")]
    [TestCase(44u, true, Description = "AF_XDP")]
    public void Socket_ByAddressFamily(uint family, bool allowed) =>
        Assert.That(Outcomes("socket", 0, family, Usual), Is.EqualTo(new[] { allowed ? Allow : "SCMP_ACT_ERRNO" }));

    [TestCase(0u, true)]
    [TestCase(8u, true)]
    [TestCase(0xffffffffu, true, Description = "which is it?")]
    [TestCase(0x0040000u, false, Description = "ADDR_NO_RANDOMIZE")]
    public void Personality_OfLinuxOnly(uint value, bool allowed) =>
        Assert.That(Outcomes("personality", 0, value, Usual), Is.EqualTo(allowed ? new[] { Allow } : []));

    /// <summary>Conditions that overlap would leave it to a library's sorting which of two rules counts.</summary>
    [Test]
    public void NoCall_IsBothAllowedAndRefused(
        [Values("", "CAP_SYS_ADMIN", "CAP_BPF", "CAP_SYS_PTRACE")] string capability,
        [Values("amd64", "arm64", "s390x", "ppc64le", "riscv64")] string architecture)
    {
        var filter = SeccompProfile.BuiltIn.Resolve(Host with { Architecture = architecture }, [.. Usual, capability]);

        var twice = filter.Syscalls!.Where(rule => rule.Args is null)
            .SelectMany(rule => rule.Names).GroupBy(name => name) // never null
            .Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.That(twice.Concat(filter.Syscalls!.Where(rule => rule.Args is not null).SelectMany(rule => rule.Names)
            .Where(name => filter.Syscalls!.Any(rule => rule.Args is null && rule.Names.Contains(name)))), Is.Empty);
    }

    private static bool IsAllowed(string name, string[] capabilities) =>
        Rules(SeccompProfile.BuiltIn.Resolve(Host, capabilities), name).Any(
            rule => rule.Action == Allow && rule.Args is null);

    private static uint? ErrnoOf(string name, string[] capabilities)
    {
        var filter = SeccompProfile.BuiltIn.Resolve(Host, capabilities);
        var rule = Rules(filter, name).SingleOrDefault();
        return rule is null ? filter.DefaultErrnoRet : rule.ErrnoRet;
    }

    private static IEnumerable<Oci.SyscallRule> Rules(Oci.Seccomp filter, string name) =>
        filter.Syscalls!.Where(rule => rule.Names.Contains(name)); // never null

    /// <summary>The actions of the rules that a call with this argument meets.</summary>
    private static string[] Outcomes(string name, uint index, ulong value, string[] capabilities) =>
        [.. Rules(SeccompProfile.BuiltIn.Resolve(Host, capabilities), name)
            .Where(rule => rule.Args!.All(
                argument => argument.Index == index && Meets(argument, value))) // calls of which every rule has one
            .Select(rule => rule.Action)];

    private static bool Meets(Oci.SyscallArgument argument, ulong value) => argument.Op switch
    {
        "SCMP_CMP_EQ" => value == argument.Value,
        "SCMP_CMP_LT" => value < argument.Value,
        "SCMP_CMP_GT" => value > argument.Value,
        "SCMP_CMP_MASKED_EQ" => (value & argument.Value) == (argument.ValueTwo ?? 0),
        _ => throw new NotSupportedException(argument.Op),
    };

    private static int BitsOf(uint flags) => System.Numerics.BitOperations.PopCount(flags & 0x7e020000);
}
