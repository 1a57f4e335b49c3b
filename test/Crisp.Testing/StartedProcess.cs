namespace Crisp.Testing;

/// <summary>
/// A container's first process. The OCI runtime's `start` returns before it has become the program that was asked for:
/// for a moment it is still the runtime's own, without seccomp filter and with another command line.
/// </summary>
public static class StartedProcess
{
    private const int SigTerm = 15;

    /// <summary>Waits until the process runs its own program.</summary>
    public static async Task<int> ProgramRunsAsync(int pid)
    {
        await Eventually.BecomesTrueAsync(
            $"process {pid} runs its own program", () => !IsRuntimes(new FileInfo($"/proc/{pid}/exe").LinkTarget));
        return pid;
    }

    /// <summary>
    /// Waits until a shell handles SIGTERM (`SigCgt` in proc(5)); before that, a PID 1 ignores it. The runtime that
    /// runs in its place before it may have a handler, too.
    /// </summary>
    public static Task HandlesTermAsync(int pid) => Eventually.BecomesTrueAsync(
        $"process {pid} handles SIGTERM",
        () => SlotProcesses.CommandLine(pid).StartsWith("sh ", StringComparison.Ordinal)
            && (Convert.ToUInt64(Status(pid, "SigCgt"), 16) & 1UL << (SigTerm - 1)) != 0);

    /// <summary>0 is off, 2 a filter (`Seccomp` in proc(5)), once the process runs its own program.</summary>
    public static async Task<string> SeccompModeAsync(int pid)
    {
        await ProgramRunsAsync(pid);
        return Status(pid, "Seccomp");
    }

    private static string Status(int pid, string field) => File.ReadLines($"/proc/{pid}/status")
        .Single(line => line.StartsWith($"{field}:", StringComparison.Ordinal)).Split('\t')[1];

    /// <summary>
    /// The runtimes run themselves from a copy whose name tells them (`/memfd:runc_cloned:…`), or from their file.
    /// </summary>
    private static bool IsRuntimes(string? program) =>
        program is null
            || program.Contains("crun", StringComparison.Ordinal) || program.Contains("runc", StringComparison.Ordinal);
}
