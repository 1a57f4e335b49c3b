namespace Crisp.OciRuntime;

/// <summary>The small files of one runtime call; gone when it is over.</summary>
internal sealed class CallFiles : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _prefix;

    private CallFiles(string prefix) => _prefix = prefix;

    public string Log => $"{_prefix}.log";

    public string Input => $"{_prefix}.json";

    /// <summary>A socket, which its owner removes.</summary>
    public string Console => $"{_prefix}.tty";

    public string Pid => $"{_prefix}.pid";

    public static CallFiles Create(string directory)
    {
        Directory.CreateDirectory(directory, OwnerOnly);
        return new CallFiles(Path.Combine(directory, Guid.NewGuid().ToString("N")));
    }

    /// <summary>Which process the runtime started; null while it has not said.</summary>
    public int? ReadPid() =>
        File.Exists(Pid) && int.TryParse(File.ReadAllText(Pid).AsSpan().Trim(), out var pid) && pid > 1 ? pid : null;

    public void Dispose()
    {
        File.Delete(Log);
        File.Delete(Input);
        File.Delete(Pid);
    }
}
