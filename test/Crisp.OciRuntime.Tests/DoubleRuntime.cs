using Crisp.Linux;

namespace Crisp.OciRuntime.Tests;

/// <summary>The double in a directory of its own, told what to answer, and asked how it was called.</summary>
internal sealed class DoubleRuntime : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("crisp-double-");
    private readonly EventLoop _loop = EventLoop.Start();

    public DoubleRuntime()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "oci-runtime-double"), Program);
        File.SetUnixFileMode(Program, Executable);
        Directory.CreateDirectory(Path.Combine(Root, Known));
        Cli = Create(Options);
    }

    /// <summary>A container that the double's state directory knows.</summary>
    public const string Known = "abc123";

    public OciRuntimeCli Cli { get; }

    public OciRuntimeOptions Options => new()
    {
        Name = "double",
        Path = Program,
        Root = Root,
        CallDirectory = CallDirectory,
        Timeout = TimeSpan.FromMinutes(1),
    };

    public string CallDirectory => InDirectory("call-files");

    public string Root => InDirectory("root");

    private string Program => InDirectory("oci-runtime-double");

    public OciRuntimeCli Create(OciRuntimeOptions options) => new(options, new ProgramRunner(_loop), _loop);

    public void Answer(string verb, string part, string text) => File.WriteAllText(InDirectory($"{verb}.{part}"), text);

    /// <summary>Fails the verb as a runtime does: exit code, and its reason in the log.</summary>
    public void Fail(string verb, string reason, string exitCode = "1")
    {
        Answer(verb, "exit", exitCode);
        Answer(verb, "log", $"{{\"level\":\"error\",\"msg\":\"{reason}\",\"time\":\"2026-01-01T00:00:00Z\"}}\n");
    }

    public string[] Calls => File.Exists(InDirectory("calls")) ? File.ReadAllLines(InDirectory("calls")) : [];

    public string LastCall => Calls[^1];

    public string Read(string file) => File.ReadAllText(InDirectory(file));

    public string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    public void Dispose()
    {
        _loop.Dispose();
        _directory.Delete(recursive: true);
    }
}
