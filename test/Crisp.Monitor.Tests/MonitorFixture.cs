using System.Globalization;
using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor.Tests;

/// <summary>
/// A directory with a double of an OCI runtime in it: a script whose `create` leaves a shell behind, which waits for
/// <see cref="Start"/> and then runs the container's script. The monitor under test is the JIT build, or the program
/// that CRISP_MONITOR names.
/// </summary>
internal sealed class MonitorFixture : IDisposable
{
    private const string Runtime = """
        #!/bin/sh
        # create DIRECTORY SCRIPT: like crun, fork the container and end.
        cd "$1" || exit 1
        if [ -e fail ]; then cat fail; cat fail-stderr >&2; cat fail-log > log.json; exit 1; fi
        if [ -e hang ]; then echo $$ > runtime.pid; sleep 1000; fi
        if [ -e terminal ]; then read go < gate2; fi
        exec 3<&0 # a shell gives what it runs in the background no input but this way
        setsid /bin/sh -c "read go < gate; $2" <&3 3<&- &
        echo "runtime was here"; echo "runtime was here" >&2
        echo $! > pid
        """;

    /// <summary>Before the number of the process whose directory it is.</summary>
    internal const string Prefix = "crisp-monitor-";

    private readonly string _name = $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}"[..34];

    internal MonitorFixture()
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), _name)).FullName;
        File.WriteAllText($"{Path}/runtime", Runtime);
        Run("/bin/sh", "-c",
            $"chmod 755 {Path}/runtime; mkfifo {Path}/gate {Path}/gate2; mkdir {Path}/logs {Path}/run {Path}/var");
    }

    internal EventLoop Loop { get; } = EventLoop.Start();

    internal string Path { get; }

    internal string Log => $"{Path}/logs/name/0.log";

    internal string[] Records => [$"{Path}/run/exit", $"{Path}/var/exit"];

    internal static string Program =>
        Environment.GetEnvironmentVariable("CRISP_MONITOR")
            ?? System.IO.Path.Combine(AppContext.BaseDirectory, "crisp-monitor");

    internal MonitorLaunch Launch(string script) => new()
    {
        ContainerId = "c1",
        SocketPath = $"{Path}/socket",
        RuntimeProgram = $"{Path}/runtime",
        RuntimeArguments = [Path, script],
        RuntimeLogFile = $"{Path}/log.json",
        BundleDirectory = Path,
        PidFile = $"{Path}/pid",
        LogDirectory = $"{Path}/logs",
        LogPath = "name/0.log",
        ExitRecordPaths = Records,
    };

    internal Task<MonitorClient> LaunchAsync(MonitorLaunch launch, CancellationToken ct) =>
        MonitorClient.LaunchAsync(Program, launch, Loop, ct);

    internal Task<MonitorClient> LaunchAsync(string script, CancellationToken ct) =>
        MonitorClient.LaunchAsync(Program, Launch(script), Loop, ct);

    /// <summary>Lets the container's script begin.</summary>
    internal void Start() => File.WriteAllText($"{Path}/gate", "go\n");

    /// <summary>Lets a script that waits at gate2 go on.</summary>
    internal void GoOn() => File.WriteAllText($"{Path}/gate2", "go\n");

    /// <summary>The pid of the monitor: the parent of its container.</summary>
    internal static int MonitorOf(MonitorClient client) => ParentOf(client.ContainerPid);

    internal static int ParentOf(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>The lines of the log without their times.</summary>
    internal string[] LogLines() => [.. File.ReadAllLines(Log).Select(line => line[31..])];

    internal async Task WaitForEndAsync(int pid, CancellationToken ct)
    {
        if (ProcessInfo.OpenPidFd(pid) is not { } pidFd)
            return;
        using (pidFd)
            await Loop.WaitReadableAsync(pidFd, ct);
    }

    public void Dispose()
    {
        LeftoverProcesses.Kill(Path, Loop);
        Loop.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private void Run(string program, params string[] arguments)
    {
        var result = new ProgramRunner(Loop).RunAsync(
            new ProgramRun { Spawn = new SpawnRequest { Program = program, Arguments = arguments } }, default)
                .GetAwaiter().GetResult();
        Assert.That(result.Exit.Succeeded, System.Text.Encoding.UTF8.GetString(result.Stderr));
    }
}
