namespace Crisp.Node.Tests.Security;

/// <summary>
/// A static program that makes system calls by number, and says what the kernel answered: "NAME ERRNO", a line each.
/// Its arguments are harmless: where nothing stops a call, the kernel refuses what it is asked for.
/// </summary>
internal static class SyscallProbe
{
    public const string PathInside = "/probe";

    private const string Source = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <sched.h>
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/wait.h>
        #include <unistd.h>

        static void say(const char *name, long result) { printf("%s %d\n", name, result < 0 ? errno : 0); fflush(stdout); }

        static long apart(long (*call)(void)) { /* what changes the caller is done by a child */
            pid_t child = fork();
            int status = 0;
            if (child == 0) _exit(call() < 0 ? errno : 0);
            waitpid(child, &status, 0);
            errno = WEXITSTATUS(status);
            return errno ? -1 : 0;
        }
        static long trace(void) { return syscall(SYS_ptrace, 0L, 0L, 0L, 0L); }
        static long user_namespace(void) { return syscall(SYS_unshare, CLONE_NEWUSER); }
        static long mount_namespace(void) { return syscall(SYS_unshare, CLONE_NEWNS); }
        static long no_randomization(void) { return syscall(SYS_personality, 0x40000L); }
        static long cloned(unsigned long flags) {
            long child = syscall(SYS_clone, flags | SIGCHLD, 0L, 0L, 0L, 0L);
            if (child == 0) _exit(0);
            if (child > 0) waitpid(child, NULL, 0);
            return child;
        }

        int main(void) {
            say("keyctl", syscall(SYS_keyctl, 0L, -3L, 0L));
            say("add_key", syscall(SYS_add_key, "user", "crisp-probe", "x", 1L, -1L));
            say("request_key", syscall(SYS_request_key, "user", "crisp-probe-absent", NULL, 0L));
            say("bpf", syscall(SYS_bpf, 9999L, NULL, 0L));
            say("perf_event_open", syscall(SYS_perf_event_open, NULL, 0L, -1L, -1L, 0L));
            say("kexec_load", syscall(SYS_kexec_load, 0L, 99999L, NULL, ~0L));
            say("kexec_file_load", syscall(SYS_kexec_file_load, -1L, -1L, 0L, NULL, ~0L));
            say("init_module", syscall(SYS_init_module, NULL, 0L, NULL));
            say("reboot", syscall(SYS_reboot, 0L, 0L, 0L, NULL));
            say("userfaultfd", syscall(SYS_userfaultfd, ~0L));
            say("swapon", syscall(SYS_swapon, NULL, 0L));
            say("open_by_handle_at", syscall(SYS_open_by_handle_at, -1L, NULL, 0L));
            say("setns", syscall(SYS_setns, -1L, 0L));
            say("mount", syscall(SYS_mount, NULL, NULL, NULL, 0L, NULL));
            say("fsopen", syscall(SYS_fsopen, "no-such-file-system", 0L));
            say("unshare-user", apart(user_namespace));
            say("unshare-mount", apart(mount_namespace));
            say("clone-user", cloned(CLONE_NEWUSER));
            say("clone-all", cloned(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS));
            say("clone", cloned(0));
            say("clone3", syscall(SYS_clone3, NULL, 0L));
            say("io_uring_setup", syscall(SYS_io_uring_setup, 0L, NULL));
            say("personality", apart(no_randomization));
            say("socket-alg", syscall(SYS_socket, 38L, 5L, 0L));
            say("socket-vsock", syscall(SYS_socket, 40L, 1L, 0L));
            say("socket-unix", syscall(SYS_socket, 1L, 1L, 0L));
            say("socket-inet", syscall(SYS_socket, 2L, 1L, 0L));
            say("socket-netlink", syscall(SYS_socket, 16L, 3L, 0L));
            say("ptrace", apart(trace));
            say("process_vm_readv", syscall(SYS_process_vm_readv, (long)getpid(), NULL, 0L, NULL, 0L, 0L));
            say("getrandom", syscall(SYS_getrandom, NULL, 0L, 0L));
            say("of-next-year", syscall(4000L));
            return 0;
        }
        """;

    /// <summary>Compiles it into a directory; a static program runs in any image.</summary>
    public static async Task<string> BuildAsync(string directory)
    {
        var source = Path.Combine(directory, "probe.c");
        var program = Path.Combine(directory, "probe");
        await File.WriteAllTextAsync(source, Source);
        await Command.OutputAsync("cc", "-O1", "-static", "-w", "-o", program, source);
        return program;
    }

    public static Dictionary<string, int> Parse(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => int.Parse(words[1]));
}
