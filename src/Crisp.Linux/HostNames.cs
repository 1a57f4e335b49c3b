using System.Text;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>The host name of a UTS namespace.</summary>
public static class HostNames
{
    /// <summary>
    /// Sets the calling thread's; use it inside <see cref="NamespaceThread"/>, or it is the machine's.
    /// </summary>
    public static unsafe void Set(string name)
    {
        var bytes = Encoding.ASCII.GetBytes(name);
        fixed (byte* start = bytes)
            FailedCall.ThrowIfNegative(Libc.sethostname(start, (nuint)bytes.Length), "sethostname", name);
    }
}
