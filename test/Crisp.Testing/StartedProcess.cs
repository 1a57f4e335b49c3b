namespace Crisp.Testing;

/// <summary>
/// A container's first process. The OCI runtime's `start` returns before it has become the program that was asked for:
/// for a moment it is still the runtime's own, without seccomp filter and with another command line.
/// </summary>
public static class StartedProcess
{
    /// <summary>Waits until the process runs its own program.</summary>
    public static async Task<int> ProgramRunsAsync(int pid)
    {
        await Eventually.BecomesTrueAsync($"process {pid} runs its own program", () => !IsRuntimes(new FileInfo($"/proc/{pid}/exe").LinkTarget));
        return pid;
    }

    /// <summary>0 is off, 2 a filter (`Seccomp` in proc(5)), once the process runs its own program.</summary>
    public static async Task<string> SeccompModeAsync(int pid)
    {
        await ProgramRunsAsync(pid);
        return File.ReadLines($"/proc/{pid}/status")
            .Single(line => line.StartsWith("Seccomp:", StringComparison.Ordinal)).Split('\t')[1];
    }

    /// <summary>The runtimes run themselves from a copy whose name tells them (`/memfd:runc_cloned:…`), or from their file.</summary>
    private static bool IsRuntimes(string? program) =>
        program is null || program.Contains("crun", StringComparison.Ordinal) || program.Contains("runc", StringComparison.Ordinal);
}
