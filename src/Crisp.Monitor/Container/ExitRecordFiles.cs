using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor.Container;

/// <summary>Writes the exit record where it belongs.</summary>
internal static class ExitRecordFiles
{
    private const int Mode = 0x180; // 0600

    /// <summary>
    /// Tries every path. True: each has the record, or lost its directory, and with it everybody who would read it.
    /// </summary>
    internal static bool Write(ExitRecord record, IReadOnlyList<string> paths)
    {
        var content = record.Format();
        var everywhere = true;
        for (var i = 0; i < paths.Count; i++)
            everywhere &= TryWrite(paths[i], content);
        return everywhere;
    }

    private static bool TryWrite(string path, byte[] content)
    {
        try
        {
            AtomicFile.Write(path, content, Mode);
            return true;
        }
        catch (SyscallException error)
        {
            return error.Errno == Errno.ENOENT;
        }
    }
}
