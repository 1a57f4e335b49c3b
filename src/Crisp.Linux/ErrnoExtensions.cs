using System.Runtime.InteropServices;

namespace Crisp.Linux;

public static class ErrnoExtensions
{
    /// <summary>The text of strerror(3), followed by the symbol: "No such file or directory (ENOENT)".</summary>
    public static string Describe(this Errno errno) =>
        $"{Marshal.GetPInvokeErrorMessage((int)errno)} ({(Enum.IsDefined(errno) ? errno.ToString() : ((int)errno).ToString())})";
}
