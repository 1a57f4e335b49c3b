using System.Globalization;
using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>How the kernel rates a process when memory runs out (/proc/PID/oom_score_adj, proc(5)).</summary>
public static class ProcessOomScore
{
    /// <summary>False where the process is gone, or where lowering it needs CAP_SYS_RESOURCE.</summary>
    public static bool TrySet(int pid, int score)
    {
        var number = Libc.open($"/proc/{pid}/oom_score_adj", (int)OpenFlags.WriteOnly | FileConstants.O_CLOEXEC, 0);
        if (number < 0)
            return false;
        using var file = new FileDescriptor(number);
        return file.Write(Encoding.ASCII.GetBytes(score.ToString(CultureInfo.InvariantCulture)), out _) == Errno.None;
    }
}
