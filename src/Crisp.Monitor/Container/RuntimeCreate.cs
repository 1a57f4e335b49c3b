using System.Globalization;
using System.Text;
using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor.Container;

/// <summary>
/// The run of the OCI runtime's `create`. Until it ends, the output pipes carry only the runtime's own words: those
/// explain a failure and are no part of the container's log.
/// </summary>
internal sealed class RuntimeCreate : IDisposable
{
    private const int MaxStderrBytes = 8 * 1024;
    private const int MaxLogBytes = 64 * 1024;

    private readonly MonitorLaunch _launch;
    private readonly ChildProcess _process;
    private byte[] _stderr = [];

    internal RuntimeCreate(MonitorLaunch launch, FileDescriptor? stdin, FileDescriptor stdout, FileDescriptor stderr)
    {
        _launch = launch;
        _process = ChildProcess.Start(new SpawnRequest
        {
            Program = launch.RuntimeProgram,
            Executable = launch.RuntimeExecutable,
            Arguments = launch.RuntimeArguments,
            Environment = launch.RuntimeEnvironment.Count > 0 ? launch.RuntimeEnvironment : [SpawnRequest.DefaultPath],
            WorkingDirectory = launch.BundleDirectory,
            Stdin = stdin,
            Stdout = stdout,
            Stderr = stderr,
            NewSession = true,
        });
    }

    /// <summary>Readable once the runtime has ended.</summary>
    internal FileDescriptor Ended => _process.PidFd;

    /// <summary>The caller has given up.</summary>
    internal bool IsAborted { get; private set; }

    /// <summary>Kills the runtime and what it has started in its session.</summary>
    internal void Abort()
    {
        IsAborted = true;
        ProcessGroups.Signal(_process.Id, Signals.Kill);
    }

    /// <summary>Takes what the runtime says on one of its streams; the first bytes of stderr are kept.</summary>
    internal void TakeOutput(FileDescriptor pipe, bool isStderr)
    {
        Span<byte> buffer = stackalloc byte[1024];
        while (pipe.Read(buffer, out int count) == Errno.None && count > 0)
        {
            if (!isStderr || _stderr.Length >= MaxStderrBytes)
                continue;
            int before = _stderr.Length;
            Array.Resize(ref _stderr, before + count);
            buffer[..count].CopyTo(_stderr.AsSpan(before));
        }
    }

    /// <summary>After its end: null when it succeeded, else why not.</summary>
    internal string? Failure()
    {
        if (_process.TryReap() is not { } status)
            return "the OCI runtime has not ended"; // not reached: its pidfd said that it has
        if (IsAborted)
            return "creating the container was given up";
        if (status.Succeeded)
            return null;
        if (RuntimeLog.LastError(ReadEndOf(_launch.RuntimeLogFile)) is { } message)
            return message;
        string text = Encoding.UTF8.GetString(_stderr).Trim();
        return text.Length > 0 ? text : $"{_launch.RuntimeProgram} create ended with {status} and said nothing";
    }

    /// <summary>The pid that the runtime has left in its --pid-file; null when it has not.</summary>
    internal int? ContainerPid() =>
        int.TryParse(ReadEndOf(_launch.PidFile).AsSpan().Trim(" \n"u8),
            NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            ? pid
            : null;

    public void Dispose() => _process.Dispose();

    /// <summary>The last part of a file; empty when there is none.</summary>
    private static byte[] ReadEndOf(string path)
    {
        try
        {
            using FileDescriptor file = FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
            long size = FileStatus.Of(file).SizeBytes;
            byte[] content = new byte[Math.Min(size, MaxLogBytes)];
            file.SkipTo(size - content.Length);
            return file.Read(content, out int length) == Errno.None ? content[..length] : [];
        }
        catch (SyscallException)
        {
            return [];
        }
    }
}
