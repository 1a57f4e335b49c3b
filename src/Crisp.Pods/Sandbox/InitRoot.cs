using Crisp.Linux;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// The root file system of all pods' inits: a copy of the monitor, and empty directories to mount on; no runtime writes
/// to it. It is made when the first pod needs it, and anew by rename when the installed monitor is another one; inits
/// that run keep theirs.
/// </summary>
internal sealed class InitRoot(string directory, string monitorProgram, FileLabel? label)
{
    internal const string Program = "crisp-monitor";

    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly Lock _gate = new();

    internal string Prepare()
    {
        lock (_gate)
        {
            foreach (string name in (string[])["", "proc", "dev", "sys"])
                MakeReadable(Path.Combine(directory, name));
            if (!IsCurrent())
                Copy();
            label?.SetOn(directory); // every pod's, so that of no level in particular
            return directory;
        }
    }

    /// <summary>For everybody, whatever the umask is: the root of a user namespace is not root here.</summary>
    private static void MakeReadable(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Executable);
    }

    private bool IsCurrent()
    {
        FileInfo copy = new(Path.Combine(directory, Program));
        FileInfo installed = new(monitorProgram);
        return copy.Exists && copy.Length == installed.Length && copy.LastWriteTimeUtc == installed.LastWriteTimeUtc;
    }

    private void Copy()
    {
        string copy = Path.Combine(directory, Program);
        string temporary = copy + ".tmp";
        File.Copy(monitorProgram, temporary, overwrite: true);
        File.SetUnixFileMode(temporary, Executable);
        File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(monitorProgram));
        File.Move(temporary, copy, overwrite: true);
    }
}
