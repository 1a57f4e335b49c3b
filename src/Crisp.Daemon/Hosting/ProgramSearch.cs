namespace Crisp.Daemon.Hosting;

/// <summary>Finds programs as a shell does. systemd gives services a PATH, containers may not.</summary>
internal sealed class ProgramSearch(string? path)
{
    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string[] _directories =
        (string.IsNullOrEmpty(path) ? UsualPath : path).Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The absolute path of a program of that name; null when there is none.</summary>
    public string? Find(string name) =>
        _directories.Where(Path.IsPathRooted).Select(d => Path.Combine(d, name)).FirstOrDefault(IsProgram);

    public static bool IsProgram(string file) => File.Exists(file) && (File.GetUnixFileMode(file) & AnyExecute) != 0;
}
