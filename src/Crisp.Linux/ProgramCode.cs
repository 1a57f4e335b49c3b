using System.Globalization;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// The machine code of this process's own program, as it lies in memory. It is the file's and never written to: what is
/// let go of comes back from the kernel's cache when it is needed, and only then.
/// </summary>
public static class ProgramCode
{
    private const int DontNeed = 4;

    /// <summary>
    /// Lets go of all of it, or of none where no descriptor is left to find it with. Most of what a start needs is not
    /// needed again.
    /// </summary>
    public static unsafe void Release()
    {
        try
        {
            foreach (var line in File.ReadLines("/proc/self/maps"))
            {
                if (TryParse(line, Environment.ProcessPath, out var start, out var length))
                    _ = Libc.madvise((void*)start, length, DontNeed);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Memory is not worth the daemon: a timer calls this, and what it throws ends the process.
        }
    }

    /// <summary>
    /// One line of /proc/PID/maps (proc(5)): address range, permissions, offset, device, inode, path. False: not code
    /// of the program.
    /// </summary>
    internal static bool TryParse(ReadOnlySpan<char> line, string? program, out nuint start, out nuint length)
    {
        const string Code = "r-xp"; // readable, executable, not writable; private
        start = length = 0;
        var dash = line.IndexOf('-');
        var space = line.IndexOf(' ');
        var path = line.IndexOf('/');
        if (dash < 0 || space < dash || path < space || program is null
            || !line[(space + 1)..].StartsWith(Code) || !line[path..].SequenceEqual(program)
            || !TryParse(line[..dash], out start) || !TryParse(line[(dash + 1)..space], out var end))
            return false;
        length = end - start;
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> address, out nuint value) =>
        nuint.TryParse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value);
}
