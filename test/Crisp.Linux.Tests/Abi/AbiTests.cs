using System.Globalization;
using System.Text;
using Crisp.Linux.Abi;

namespace Crisp.Linux.Tests.Abi;

/// <summary>
/// Compiles a C program against this machine's headers, and compares every constant, size and offset.
/// </summary>
[CancelAfter(120_000)]
public sealed class AbiTests
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <stdio.h>
        #include <stddef.h>
        #include <fcntl.h>
        #include <errno.h>
        #include <sched.h>
        #include <signal.h>
        #include <spawn.h>
        #include <termios.h>
        #include <sys/epoll.h>
        #include <sys/file.h>
        #include <sys/inotify.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/mount.h>
        #include <sys/prctl.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/statfs.h>
        #include <sys/syscall.h>
        #include <sys/un.h>
        #include <sys/wait.h>
        #include <net/if.h>
        #include <netinet/in.h>
        #include <linux/magic.h>
        #include <linux/netlink.h>
        #include <linux/netfilter/nfnetlink.h>
        #include <linux/netfilter/nfnetlink_conntrack.h>
        #include <linux/openat2.h>
        #define P(expression) printf("%lld\n", (long long)(expression));
        int main(void) {
        """;

    private static readonly (string C, long Value)[] s_facts =
    [
        ("SYS_pidfd_send_signal", SyscallNumbers.PidfdSendSignal), ("SYS_open_tree", SyscallNumbers.OpenTree),
        ("SYS_move_mount", SyscallNumbers.MoveMount), ("SYS_fsopen", SyscallNumbers.Fsopen),
        ("SYS_fsconfig", SyscallNumbers.Fsconfig), ("SYS_fsmount", SyscallNumbers.Fsmount),
        ("SYS_pidfd_open", SyscallNumbers.PidfdOpen), ("SYS_openat2", SyscallNumbers.Openat2),
        ("SYS_mount_setattr", SyscallNumbers.MountSetattr),

        ("O_CLOEXEC | O_DIRECTORY", FileConstants.Native(OpenFlags.Directory)),
        ("O_CLOEXEC | O_NOFOLLOW", FileConstants.Native(OpenFlags.NoFollow)),
        ("O_CLOEXEC | O_RDWR | O_CREAT | O_EXCL",
            FileConstants.Native(OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive)),
        ("O_CLOEXEC | O_WRONLY | O_TRUNC | O_APPEND",
            FileConstants.Native(OpenFlags.WriteOnly | OpenFlags.Truncate | OpenFlags.Append)),
        ("O_CLOEXEC | O_NOCTTY | O_PATH", FileConstants.Native(OpenFlags.NoControllingTerminal | OpenFlags.PathOnly)),
        ("O_NONBLOCK", FileConstants.O_NONBLOCK), ("O_NONBLOCK", (long)OpenFlags.NonBlocking),
        ("SEEK_DATA", FileConstants.SEEK_DATA), ("SEEK_HOLE", FileConstants.SEEK_HOLE),
        ("AT_FDCWD", FileConstants.AT_FDCWD), ("AT_EMPTY_PATH", FileConstants.AT_EMPTY_PATH),
        ("AT_SYMLINK_NOFOLLOW", FileConstants.AT_SYMLINK_NOFOLLOW), ("AT_REMOVEDIR", FileConstants.AT_REMOVEDIR),
        ("F_DUPFD_CLOEXEC", FileConstants.F_DUPFD_CLOEXEC), ("F_SETFD", FileConstants.F_SETFD),
        ("FD_CLOEXEC", FileConstants.FD_CLOEXEC), ("F_GETFL", FileConstants.F_GETFL),
        ("F_SETFL", FileConstants.F_SETFL),
        ("F_SETPIPE_SZ", FileConstants.F_SETPIPE_SZ), ("F_GETPIPE_SZ", FileConstants.F_GETPIPE_SZ),
        ("LOCK_EX", FileConstants.LOCK_EX), ("LOCK_NB", FileConstants.LOCK_NB),

        ("MFD_CLOEXEC", MemoryFileConstants.MFD_CLOEXEC), ("MFD_ALLOW_SEALING", MemoryFileConstants.MFD_ALLOW_SEALING),
        ("F_ADD_SEALS", MemoryFileConstants.F_ADD_SEALS),
        ("F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE", MemoryFileConstants.AllSeals),

        ("sizeof(struct statx)", StatxLayout.Size), ("offsetof(struct statx, stx_nlink)", StatxLayout.Nlink),
        ("offsetof(struct statx, stx_attributes)", StatxLayout.Attributes),
        ("STATX_ATTR_MOUNT_ROOT", (long)StatxLayout.STATX_ATTR_MOUNT_ROOT),
        ("offsetof(struct statx, stx_uid)", StatxLayout.Uid), ("offsetof(struct statx, stx_gid)", StatxLayout.Gid),
        ("offsetof(struct statx, stx_mode)", StatxLayout.Mode), ("offsetof(struct statx, stx_ino)", StatxLayout.Ino),
        ("offsetof(struct statx, stx_size)", StatxLayout.SizeBytes),
        ("offsetof(struct statx, stx_blocks)", StatxLayout.Blocks),
        ("offsetof(struct statx, stx_mtime.tv_sec)", StatxLayout.MtimeSeconds),
        ("offsetof(struct statx, stx_mtime.tv_nsec)", StatxLayout.MtimeNanos),
        ("offsetof(struct statx, stx_rdev_major)", StatxLayout.RdevMajor),
        ("offsetof(struct statx, stx_rdev_minor)", StatxLayout.RdevMinor),
        ("offsetof(struct statx, stx_dev_major)", StatxLayout.DevMajor),
        ("offsetof(struct statx, stx_dev_minor)", StatxLayout.DevMinor), ("STATX_BASIC_STATS", StatxLayout.BasicStats),

        ("sizeof(struct epoll_event)", EpollEventLayout.Size),
        ("offsetof(struct epoll_event, data)", EpollEventLayout.DataOffset),
        ("EPOLLIN", (long)EpollEvents.Readable), ("EPOLLOUT", (long)EpollEvents.Writable),
        ("EPOLLPRI", (long)EpollEvents.Priority),
        ("EPOLLERR", (long)EpollEvents.Error), ("EPOLLHUP", (long)EpollEvents.HangUp),
        ("EPOLLRDHUP", (long)EpollEvents.PeerClosed), ("EPOLLONESHOT", (long)EpollEvents.OneShot),
        ("EPOLLET", (long)EpollEvents.EdgeTriggered),

        ("sizeof(posix_spawnattr_t)", SpawnLayout.AttributesSize),
        ("sizeof(posix_spawn_file_actions_t)", SpawnLayout.FileActionsSize),
        ("sizeof(sigset_t)", SpawnLayout.SignalSetSize),
        ("POSIX_SPAWN_SETSIGDEF", SpawnLayout.SetSignalDefaults), ("POSIX_SPAWN_SETSIGMASK", SpawnLayout.SetSignalMask),
        ("POSIX_SPAWN_SETSID", SpawnLayout.SetSession), ("SIG_BLOCK", SignalSet.SIG_BLOCK),

        ("sizeof(siginfo_t)", SignalLayout.SigInfoSize), ("offsetof(siginfo_t, si_code)", SignalLayout.SigInfoCode),
        ("offsetof(siginfo_t, si_pid)", SignalLayout.SigInfoPid),
        ("offsetof(siginfo_t, si_status)", SignalLayout.SigInfoStatus),
        ("sizeof(struct sigaction)", SignalLayout.SigActionSize),
        ("SIG_IGN", SignalLayout.Ignore),
        ("P_ALL", SignalLayout.P_ALL), ("P_PID", SignalLayout.P_PID), ("P_PIDFD", SignalLayout.P_PIDFD),
        ("WNOHANG", SignalLayout.WNOHANG),
        ("WEXITED", SignalLayout.WEXITED), ("WNOWAIT", SignalLayout.WNOWAIT), ("CLD_EXITED", SignalLayout.CLD_EXITED),
        ("SIGRTMIN", Signals.RealTimeMinimum),
        ("SIGRTMAX", Signals.RealTimeMaximum), ("SIGCHLD", Signals.Child), ("SIGPIPE", Signals.Pipe),
        ("SIGHUP", Signals.Hangup),

        ("MNT_DETACH", MountConstants.MNT_DETACH), ("UMOUNT_NOFOLLOW", MountConstants.UMOUNT_NOFOLLOW),
        ("FSOPEN_CLOEXEC", MountConstants.FSOPEN_CLOEXEC),
        ("FSCONFIG_SET_STRING", MountConstants.FSCONFIG_SET_STRING),
        ("FSCONFIG_CMD_CREATE", MountConstants.FSCONFIG_CMD_CREATE),
        ("FSMOUNT_CLOEXEC", MountConstants.FSMOUNT_CLOEXEC),
        ("MOVE_MOUNT_F_EMPTY_PATH", MountConstants.MOVE_MOUNT_F_EMPTY_PATH),
        ("OPEN_TREE_CLONE", MountConstants.OPEN_TREE_CLONE),
        ("MOUNT_ATTR_RDONLY", (long)MountConstants.MOUNT_ATTR_RDONLY),
        ("MOUNT_ATTR_IDMAP", (long)MountConstants.MOUNT_ATTR_IDMAP),
        ("sizeof(struct mount_attr)", MountConstants.MountAttrSize),
        ("sizeof(struct statfs)", MountConstants.StatfsSize),
        ("offsetof(struct statfs, f_blocks)", MountConstants.StatfsBlocks),
        ("offsetof(struct statfs, f_files)", MountConstants.StatfsFiles),
        ("offsetof(struct statfs, f_ffree)", MountConstants.StatfsFilesFree),
        ("offsetof(struct statfs, f_bavail)", MountConstants.StatfsBlocksAvailable),
        ("offsetof(struct statfs, f_frsize)", MountConstants.StatfsFragmentSize),
        ("MS_RDONLY", (long)MountFlags.ReadOnly), ("MS_NOSUID", (long)MountFlags.NoSuid),
        ("MS_NODEV", (long)MountFlags.NoDev),
        ("MS_NOEXEC", (long)MountFlags.NoExec), ("MS_REMOUNT", (long)MountFlags.Remount),
        ("MS_NOATIME", (long)MountFlags.NoAtime),
        ("MS_BIND", (long)MountFlags.Bind), ("MS_REC", (long)MountFlags.Recursive),
        ("MS_PRIVATE", (long)MountFlags.Private),
        ("MS_SLAVE", (long)MountFlags.Slave), ("MS_SHARED", (long)MountFlags.Shared),
        ("MS_RELATIME", (long)MountFlags.RelativeAtime),

        ("CLONE_FS", NamespaceConstants.CLONE_FS), ("CLONE_NEWNS", (long)NamespaceKinds.Mount),
        ("CLONE_NEWUTS", (long)NamespaceKinds.Uts),
        ("CLONE_NEWIPC", (long)NamespaceKinds.Ipc), ("CLONE_NEWNET", (long)NamespaceKinds.Network),

        ("sizeof(struct ifreq)", InterfaceRequestLayout.Size), ("IFNAMSIZ", InterfaceRequestLayout.NameSize),
        ("offsetof(struct ifreq, ifr_flags)", InterfaceRequestLayout.Flags), ("IFF_UP", InterfaceRequestLayout.IFF_UP),
        ("SIOCGIFFLAGS", (long)InterfaceRequestLayout.SIOCGIFFLAGS),
        ("SIOCSIFFLAGS", (long)InterfaceRequestLayout.SIOCSIFFLAGS),

        ("AF_NETLINK", NetlinkConstants.AF_NETLINK), ("NETLINK_NETFILTER", NetlinkConstants.NETLINK_NETFILTER),
        ("sizeof(struct nlmsghdr)", NetlinkConstants.HeaderSize),
        ("offsetof(struct nlmsghdr, nlmsg_type)", NetlinkConstants.TypeOffset),
        ("offsetof(struct nlmsghdr, nlmsg_flags)", NetlinkConstants.FlagsOffset),
        ("sizeof(struct nfgenmsg)", NetlinkConstants.NetfilterHeaderSize),
        ("sizeof(struct nlattr)", NetlinkConstants.AttributeHeaderSize),
        ("(unsigned short)NLA_TYPE_MASK", NetlinkConstants.NLA_TYPE_MASK),
        ("NLM_F_REQUEST", NetlinkConstants.NLM_F_REQUEST), ("NLM_F_ACK", NetlinkConstants.NLM_F_ACK),
        ("NLM_F_DUMP", NetlinkConstants.NLM_F_DUMP), ("NLMSG_ERROR", NetlinkConstants.NLMSG_ERROR),
        ("NLMSG_DONE", NetlinkConstants.NLMSG_DONE),
        ("NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET", NetlinkConstants.GetFlows),
        ("NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE", NetlinkConstants.DeleteFlow),
        ("CTA_TUPLE_ORIG", NetlinkConstants.CTA_TUPLE_ORIG), ("CTA_TUPLE_REPLY", NetlinkConstants.CTA_TUPLE_REPLY),
        ("CTA_ID", NetlinkConstants.CTA_ID), ("CTA_ZONE", NetlinkConstants.CTA_ZONE),
        ("CTA_TUPLE_IP", NetlinkConstants.CTA_TUPLE_IP), ("CTA_TUPLE_PROTO", NetlinkConstants.CTA_TUPLE_PROTO),
        ("CTA_IP_V4_SRC", NetlinkConstants.CTA_IP_V4_SRC), ("CTA_IP_V6_SRC", NetlinkConstants.CTA_IP_V6_SRC),
        ("CTA_PROTO_NUM", NetlinkConstants.CTA_PROTO_NUM),
        ("CTA_PROTO_DST_PORT", NetlinkConstants.CTA_PROTO_DST_PORT),
        ("IPPROTO_UDP", NetlinkConstants.IPPROTO_UDP),
        ("AF_UNIX", SocketConstants.AF_UNIX), ("AF_INET", SocketConstants.AF_INET),
        ("SOCK_DGRAM", SocketConstants.SOCK_DGRAM),
        ("SOCK_STREAM", SocketConstants.SOCK_STREAM),
        ("SOCK_SEQPACKET", SocketConstants.SOCK_SEQPACKET), ("SOCK_NONBLOCK", SocketConstants.SOCK_NONBLOCK),
        ("SOCK_CLOEXEC", SocketConstants.SOCK_CLOEXEC), ("MSG_NOSIGNAL", SocketConstants.MSG_NOSIGNAL),
        ("MSG_TRUNC", SocketConstants.MSG_TRUNC), ("sizeof(struct sockaddr_un)", SocketConstants.UnixAddressSize),
        ("offsetof(struct sockaddr_un, sun_path)", SocketConstants.UnixPathOffset),

        ("sizeof(struct msghdr)", MessageLayout.Size), ("offsetof(struct msghdr, msg_iov)", MessageLayout.Iov),
        ("offsetof(struct msghdr, msg_iovlen)", MessageLayout.IovCount),
        ("offsetof(struct msghdr, msg_control)", MessageLayout.Control),
        ("offsetof(struct msghdr, msg_controllen)", MessageLayout.ControlLength),
        ("offsetof(struct msghdr, msg_flags)", MessageLayout.Flags),
        ("sizeof(struct iovec)", MessageLayout.IovSize), ("offsetof(struct iovec, iov_len)", MessageLayout.IovLength),
        ("sizeof(struct cmsghdr)", MessageLayout.ControlHeaderSize),
        ("offsetof(struct cmsghdr, cmsg_level)", MessageLayout.ControlLevel),
        ("offsetof(struct cmsghdr, cmsg_type)", MessageLayout.ControlType), ("SOL_SOCKET", MessageLayout.SOL_SOCKET),
        ("SCM_RIGHTS", MessageLayout.SCM_RIGHTS), ("MSG_CTRUNC", MessageLayout.MSG_CTRUNC),
        ("MSG_CMSG_CLOEXEC", MessageLayout.MSG_CMSG_CLOEXEC),

        ("TCGETS", (long)TerminalLayout.TCGETS), ("TCSETS", (long)TerminalLayout.TCSETS),
        ("TIOCGWINSZ", (long)TerminalLayout.TIOCGWINSZ), ("TIOCSWINSZ", (long)TerminalLayout.TIOCSWINSZ),
        ("TIOCGPTN", (long)TerminalLayout.TIOCGPTN), ("TIOCSPTLCK", (long)TerminalLayout.TIOCSPTLCK),
        ("sizeof(struct winsize)", TerminalLayout.WindowSize),
        ("offsetof(struct winsize, ws_row)", TerminalLayout.WindowRows),
        ("offsetof(struct winsize, ws_col)", TerminalLayout.WindowColumns),
        ("offsetof(struct termios, c_oflag)", TerminalLayout.OutputFlags),
        ("OPOST", TerminalLayout.OPOST), ("ONLCR", TerminalLayout.ONLCR),
        ("offsetof(struct termios, c_iflag)", TerminalLayout.InputFlags),
        ("offsetof(struct termios, c_cflag)", TerminalLayout.ControlFlags),
        ("offsetof(struct termios, c_lflag)", TerminalLayout.LocalFlags),
        ("offsetof(struct termios, c_cc)", TerminalLayout.ControlCharacters),
        ("IGNBRK", TerminalLayout.IGNBRK), ("BRKINT", TerminalLayout.BRKINT), ("PARMRK", TerminalLayout.PARMRK),
        ("ISTRIP", TerminalLayout.ISTRIP), ("INLCR", TerminalLayout.INLCR), ("IGNCR", TerminalLayout.IGNCR),
        ("ICRNL", TerminalLayout.ICRNL), ("IXON", TerminalLayout.IXON), ("CSIZE", TerminalLayout.CSIZE),
        ("CS8", TerminalLayout.CS8), ("PARENB", TerminalLayout.PARENB), ("ISIG", TerminalLayout.ISIG),
        ("ICANON", TerminalLayout.ICANON), ("ECHO", TerminalLayout.ECHO), ("ECHONL", TerminalLayout.ECHONL),
        ("IEXTEN", TerminalLayout.IEXTEN), ("VTIME", TerminalLayout.VTIME), ("VMIN", TerminalLayout.VMIN),

        ("RESOLVE_NO_XDEV", (long)OpenHow.NoXdev), ("RESOLVE_NO_MAGICLINKS", (long)OpenHow.NoMagicLinks),
        ("RESOLVE_NO_SYMLINKS", (long)OpenHow.NoSymlinks),
        ("RESOLVE_BENEATH", (long)OpenHow.Beneath), ("RESOLVE_IN_ROOT", (long)OpenHow.InRoot),

        ("IN_MODIFY", (long)InotifyEvents.Modified), ("IN_ATTRIB", (long)InotifyEvents.Attributes),
        ("IN_CLOSE_WRITE", (long)InotifyEvents.ClosedAfterWrite), ("IN_MOVED_FROM", (long)InotifyEvents.MovedFrom),
        ("IN_MOVED_TO", (long)InotifyEvents.MovedTo), ("IN_CREATE", (long)InotifyEvents.Created),
        ("IN_DELETE", (long)InotifyEvents.Deleted), ("IN_DELETE_SELF", (long)InotifyEvents.WatchedDeleted),
        ("IN_MOVE_SELF", (long)InotifyEvents.WatchedMoved), ("IN_Q_OVERFLOW", (long)InotifyEvents.Overflow),
        ("IN_IGNORED", (long)InotifyEvents.Ignored), ("sizeof(struct inotify_event)", 16),
        ("PR_SET_CHILD_SUBREAPER", 36), ("PR_SET_NAME", 15),
    ];

    [Test]
    public async Task Constants_AreThoseOfTheHeaders(CancellationToken ct)
    {
        long[] real = await CompileAndRunAsync(s_facts.Select(fact => fact.C), ct);
        Assert.Multiple(() =>
        {
            for (int i = 0; i < s_facts.Length; i++)
                Assert.That(s_facts[i].Value, Is.EqualTo(real[i]), s_facts[i].C);
        });
    }

    [Test]
    public async Task Errno_EveryName_HasTheHeadersNumber(CancellationToken ct)
    {
        Errno[] all = [.. Enum.GetValues<Errno>().Where(errno => errno != Errno.None)];
        long[] real = await CompileAndRunAsync(all.Select(errno => errno.ToString()), ct);
        Assert.That(all.Select(errno => (long)errno), Is.EqualTo(real));
    }

    private static async Task<long[]> CompileAndRunAsync(IEnumerable<string> expressions, CancellationToken ct)
    {
        string directory = Directory.CreateTempSubdirectory("crisp-abi-").FullName;
        try
        {
            var source = new StringBuilder(Headers);
            foreach (string expression in expressions)
                source.Append("\nP(").Append(expression).Append(')');
            await File.WriteAllTextAsync($"{directory}/probe.c", source.Append("\nreturn 0; }\n").ToString(), ct);
            using EventLoop loop = EventLoop.Start();
            await RunAsync(loop, "/usr/bin/cc", ["-w", "-o", $"{directory}/probe", $"{directory}/probe.c"], ct);
            string output = await RunAsync(loop, $"{directory}/probe", [], ct);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<string> RunAsync(EventLoop loop, string program, string[] arguments, CancellationToken ct)
    {
        ProgramResult result = await new ProgramRunner(loop).RunAsync(
            new ProgramRun { Spawn = new SpawnRequest { Program = program, Arguments = arguments } }, ct);
        Assert.That(result.Exit.Succeeded, Encoding.UTF8.GetString(result.Stderr));
        return Encoding.UTF8.GetString(result.Stdout);
    }
}
