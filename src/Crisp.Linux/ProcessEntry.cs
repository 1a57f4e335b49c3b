using System.Globalization;
using System.Text;

namespace Crisp.Linux;

/// <summary>One line of the process table: fields 1, 3, 4, 6 and 22 of /proc/PID/stat (proc(5)).</summary>
public readonly record struct ProcessEntry(int Pid, char State, int ParentPid, int Session, ulong StartTime)
{
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int SessionField = 3;
    private const int StartTimeField = 19;

    /// <summary>Dead: only its parent still has to take notice.</summary>
    public bool IsZombie => State is 'Z' or 'X';

    /// <summary>
    /// Null where this is no such line. Fields count from the name's last ')': the name may hold anything.
    /// </summary>
    public static ProcessEntry? Parse(int pid, ReadOnlySpan<byte> stat)
    {
        var end = stat.LastIndexOf((byte)')');
        if (end < 0 || end + 2 >= stat.Length)
            return null;
        var fields = Encoding.ASCII.GetString(stat[(end + 2)..]).Split(' ');
        if (fields.Length <= StartTimeField || fields[StateField].Length != 1)
            return null;
        return int.TryParse(fields[ParentField], CultureInfo.InvariantCulture, out var parent)
            && int.TryParse(fields[SessionField], CultureInfo.InvariantCulture, out var session)
            && ulong.TryParse(fields[StartTimeField], CultureInfo.InvariantCulture, out var start)
            ? new ProcessEntry(pid, fields[StateField][0], parent, session, start)
            : null;
    }
}
