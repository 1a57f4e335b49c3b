using System.Text;
using Crisp.Linux;

namespace Crisp.MonitorProtocol;

/// <summary>
/// The wire between daemon and monitor, over a unix SOCK_SEQPACKET connection: each packet is one message of at most
/// <see cref="MaxMessageBytes"/>. Numbers are little-endian.
///
/// <code>
/// every message   type u16, id u32, then the body. The id is the requester's, repeated in the answer; 0: no answer
///   u16 u32 i32 u64 i64   that many bits            string   length u32 in bytes, UTF-8
///   list   count u32, then its strings              optional   present u8 (0, 1), then the value if 1
///
///  #  message           sent by   body                                                        closes the connection
///  1  Hello             both      version u16; always the first message each way              daemon, if it is 0
///  2  LaunchContainer   daemon    container_id string, socket_path string, runtime_program    monitor, if malformed
///                                 string, runtime_arguments list, runtime_environment list,
///                                 runtime_log_file string, bundle_directory string, pid_file
///                                 string, log_directory optional string, log_path optional
///                                 string, max_log_bytes i64 (0: none), exit_record_paths
///                                 list, monitor_cgroups list, memory_cgroup optional string,
///                                 oom_score_adj optional i32, console_socket optional
///                                 string, input u8 (0 none, 1 open, 2 open once),
///                                 starts_program u8 (0 no, 1 yes), runtime_executable
///                                 optional string
///  3  ContainerCreated  monitor   pid i32, start_time u64 (clock ticks since boot)
///  4  CreateFailed      monitor   reason string, by_runtime u8 (1: the OCI runtime's words)    monitor, after it
///  5  ContainerExited   monitor   exit_code i32, signal i32 (0: none), oom_killed u8,
///                                 finished_at_nanos i64 (since 1970, UTC), message optional
///                                 string, pid i32, start_time u64, boot_id string
///  6  AcknowledgeExit   daemon    nothing                                                     monitor, after it
///  7  SignalContainer   daemon    signal i32
///  8  ReopenLog         daemon    nothing
///  9  AbortCreate       daemon    nothing
/// 10  RequestResult     monitor   errno i32 (0: success), text string
/// 11  Attach            daemon    wanted u8: bits 1 stdin, 2 stdout, 4 stderr; a failure is
///                                 answered by RequestResult (ESRCH: does not run; EUSERS:
///                                 too many are attached)
/// 12  Attached          monitor   given u8: the same bits, and 8 terminal; with a descriptor
///                                 (SCM_RIGHTS) for each, lowest bit first
/// 13  CloseAttachInput  daemon    attach u32: the id of the Attach
/// 14  Detach            daemon    attach u32; the end of the connection detaches all of it
/// 15  AttachEnded       monitor   attach u32, too_slow u8 (0, 1)
/// </code>
///
/// Monitors outlive upgrades of the daemon. So messages are only ever added, with new numbers; a field is only ever
/// added at the end of a body, and readers ignore bytes past the fields that they know and take absent ones as empty.
/// </summary>
internal static class MonitorCodec
{
    internal const ushort Version = 1;

    /// <summary>Launch is the only long one: a command line and a dozen paths.</summary>
    internal const int MaxMessageBytes = 64 * 1024;

    private const ushort HelloType = 1;
    private const ushort LaunchContainerType = 2;
    private const ushort ContainerCreatedType = 3;
    private const ushort CreateFailedType = 4;
    private const ushort ContainerExitedType = 5;
    private const ushort AcknowledgeExitType = 6;
    private const ushort SignalContainerType = 7;
    private const ushort ReopenLogType = 8;
    private const ushort AbortCreateType = 9;
    private const ushort RequestResultType = 10;
    private const ushort AttachType = 11;
    private const ushort AttachedType = 12;
    private const ushort CloseAttachInputType = 13;
    private const ushort DetachType = 14;
    private const ushort AttachEndedType = 15;

    /// <summary>
    /// Writes a message and returns its length; one that does not fit is a <see cref="MonitorProtocolException"/>.
    /// </summary>
    internal static int Encode(MonitorMessage message, Span<byte> buffer)
    {
        var writer = new WireWriter(buffer);
        switch (message)
        {
            case Hello hello:
                writer.Header(HelloType, 0);
                writer.UInt16(hello.Version);
                break;
            case LaunchContainer launch:
                writer.Header(LaunchContainerType, 0);
                EncodeLaunch(ref writer, launch.Launch);
                break;
            case ContainerCreated created:
                writer.Header(ContainerCreatedType, 0);
                writer.Int32(created.Pid);
                writer.UInt64(created.StartTime);
                break;
            case CreateFailed failed:
                writer.Header(CreateFailedType, 0);
                writer.Text(failed.Reason);
                writer.Byte(failed.IsByRuntime ? (byte)1 : (byte)0);
                break;
            case ContainerExited exited:
                writer.Header(ContainerExitedType, 0);
                EncodeExit(ref writer, exited.Record);
                break;
            case AcknowledgeExit:
                writer.Header(AcknowledgeExitType, 0);
                break;
            case SignalContainer signal:
                writer.Header(SignalContainerType, signal.Id);
                writer.Int32(signal.Signal);
                break;
            case ReopenLog reopen:
                writer.Header(ReopenLogType, reopen.Id);
                break;
            case AbortCreate:
                writer.Header(AbortCreateType, 0);
                break;
            case RequestResult result:
                writer.Header(RequestResultType, result.Id);
                writer.Int32(result.Errno);
                writer.Text(result.Text);
                break;
            case Attach attach:
                writer.Header(AttachType, attach.Id);
                writer.Byte((byte)attach.Wanted);
                break;
            case Attached attached:
                writer.Header(AttachedType, attached.Id);
                writer.Byte((byte)attached.Given);
                break;
            case CloseAttachInput close:
                writer.Header(CloseAttachInputType, 0);
                writer.UInt32(close.Attach);
                break;
            case Detach detach:
                writer.Header(DetachType, 0);
                writer.UInt32(detach.Attach);
                break;
            case AttachEnded ended:
                writer.Header(AttachEndedType, 0);
                writer.UInt32(ended.Attach);
                writer.Byte(ended.WasTooSlow ? (byte)1 : (byte)0);
                break;
            default:
                throw new ArgumentException("no message of this protocol", nameof(message));
        }

        return writer.Length;
    }

    /// <summary>
    /// Reads one message; malformed bytes are a <see cref="MonitorProtocolException"/>, never anything else.
    /// </summary>
    internal static MonitorMessage Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        ushort type = reader.UInt16();
        uint id = reader.UInt32();
        return type switch
        {
            HelloType => new Hello(reader.UInt16()),
            LaunchContainerType => new LaunchContainer(DecodeLaunch(ref reader)),
            ContainerCreatedType => new ContainerCreated(reader.Int32(), reader.UInt64()),
            CreateFailedType => new CreateFailed(reader.Text(), reader.Byte() == 1),
            ContainerExitedType => new ContainerExited(DecodeExit(ref reader)),
            AcknowledgeExitType => new AcknowledgeExit(),
            SignalContainerType => new SignalContainer(id, reader.Int32()),
            ReopenLogType => new ReopenLog(id),
            AbortCreateType => new AbortCreate(),
            RequestResultType => new RequestResult(id, reader.Int32(), reader.Text()),
            AttachType => new Attach(id, (StreamKinds)reader.Byte()),
            AttachedType => new Attached(id, (StreamKinds)reader.Byte()),
            CloseAttachInputType => new CloseAttachInput(reader.UInt32()),
            DetachType => new Detach(reader.UInt32()),
            AttachEndedType => new AttachEnded(reader.UInt32(), reader.Byte() == 1),
            _ => new UnknownMessage(type, id),
        };
    }

    /// <summary>Encodes and sends, with descriptors where the message brings some; the result is errno.</summary>
    internal static Errno Send(
        SeqPacketSocket socket, MonitorMessage message, ReadOnlySpan<FileDescriptor> descriptors = default)
    {
        byte[] buffer = new byte[Bound(message)];
        return DescriptorPassing.TrySend(socket.Descriptor, buffer.AsSpan(0, Encode(message, buffer)), descriptors);
    }

    /// <summary>Enough for the message, and little more: in a monitor every page counts.</summary>
    private static int Bound(MonitorMessage message)
    {
        const int Fixed = 128; // more than all numbers of any message
        return message switch
        {
            LaunchContainer => MaxMessageBytes,
            CreateFailed failed => Fixed + Encoding.UTF8.GetMaxByteCount(failed.Reason.Length),
            ContainerExited { Record: var record } =>
                Fixed + Encoding.UTF8.GetMaxByteCount((record.Message?.Length ?? 0) + record.BootId.Length),
            RequestResult result => Fixed + Encoding.UTF8.GetMaxByteCount(result.Text.Length),
            _ => Fixed,
        };
    }

    private static void EncodeLaunch(ref WireWriter writer, MonitorLaunch launch)
    {
        writer.Text(launch.ContainerId);
        writer.Text(launch.SocketPath);
        writer.Text(launch.RuntimeProgram);
        writer.Texts(launch.RuntimeArguments);
        writer.Texts(launch.RuntimeEnvironment);
        writer.Text(launch.RuntimeLogFile);
        writer.Text(launch.BundleDirectory);
        writer.Text(launch.PidFile);
        writer.OptionalText(launch.LogDirectory);
        writer.OptionalText(launch.LogPath);
        writer.Int64(launch.MaxLogBytes);
        writer.Texts(launch.ExitRecordPaths);
        writer.Texts(launch.MonitorCgroups);
        writer.OptionalText(launch.MemoryCgroup);
        writer.OptionalInt32(launch.OomScoreAdj);
        writer.OptionalText(launch.ConsoleSocketPath);
        writer.Byte((byte)launch.Input);
        writer.Byte(launch.StartsProgram ? (byte)1 : (byte)0);
        writer.OptionalText(launch.RuntimeExecutable);
    }

    /// <summary>Object initialisers run in the order written, which is the order on the wire.</summary>
    private static MonitorLaunch DecodeLaunch(ref WireReader reader) => new()
    {
        ContainerId = reader.Text(),
        SocketPath = reader.Text(),
        RuntimeProgram = reader.Text(),
        RuntimeArguments = reader.Texts(),
        RuntimeEnvironment = reader.Texts(),
        RuntimeLogFile = reader.Text(),
        BundleDirectory = reader.Text(),
        PidFile = reader.Text(),
        LogDirectory = reader.OptionalText(),
        LogPath = reader.OptionalText(),
        MaxLogBytes = reader.Int64(),
        ExitRecordPaths = reader.Texts(),
        MonitorCgroups = reader.Texts(),
        MemoryCgroup = reader.OptionalText(),
        OomScoreAdj = reader.OptionalInt32(),
        ConsoleSocketPath = reader.OptionalText(),
        Input = (ContainerInput)reader.Byte(),
        StartsProgram = reader.Byte() != 0,
        RuntimeExecutable = reader.OptionalText(),
    };

    private static void EncodeExit(ref WireWriter writer, ExitRecord record)
    {
        writer.Int32(record.ExitCode);
        writer.Int32(record.Signal ?? 0);
        writer.Byte(record.OomKilled ? (byte)1 : (byte)0);
        writer.Int64(record.FinishedAtNanos);
        writer.OptionalText(record.Message);
        writer.Int32(record.Pid);
        writer.UInt64(record.StartTime);
        writer.Text(record.BootId);
    }

    private static ExitRecord DecodeExit(ref WireReader reader)
    {
        int code = reader.Int32();
        int signal = reader.Int32();
        bool oomKilled = reader.Byte() == 1;
        long finished = reader.Int64();
        string? message = reader.OptionalText();
        return new ExitRecord(code, signal == 0 ? null : signal, oomKilled, finished, message)
        {
            Pid = reader.Int32(),
            StartTime = reader.UInt64(),
            BootId = reader.Text(),
        };
    }
}
