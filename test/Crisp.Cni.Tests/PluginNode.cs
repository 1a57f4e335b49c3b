using System.Runtime.CompilerServices;
using System.Text.Json;
using Crisp.Cni.Configuration;
using Crisp.Linux;

namespace Crisp.Cni.Tests;

/// <summary>
/// A node of a test: a configuration directory and a plugin directory with doubles, removed at the end.
/// </summary>
internal sealed class PluginNode : IDisposable
{
    private readonly EventLoop _loop = EventLoop.Start();

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    internal PluginNode()
    {
        Root = Directory.CreateTempSubdirectory("crisp-cni-").FullName;
        ConfDirectory = Directory.CreateDirectory(Path.Combine(Root, "net.d")).FullName;
        PluginDirectory = Directory.CreateDirectory(Path.Combine(Root, "bin")).FullName;
        Options = new CniOptions
        {
            ConfDirectory = ConfDirectory,
            PluginDirectories = [PluginDirectory],
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    internal string Root { get; }

    internal string ConfDirectory { get; }

    internal string PluginDirectory { get; }

    internal CniOptions Options { get; }

    internal ProgramRunner Runner => new(_loop);

    internal CniClient Client => new(Options, Runner);

    internal CniClient ImpatientClient =>
        new(Options with { Timeout = Patience, CancellationGrace = Patience }, Runner);

    /// <summary>"TYPE VERB" of each call so far.</summary>
    internal string[] Order =>
        File.Exists(Path.Combine(PluginDirectory, "order"))
            ? File.ReadAllLines(Path.Combine(PluginDirectory, "order"))
            : [];

    internal static NetworkConfigurationList Network(string json) =>
        NetworkConfigurationList.Parse(System.Text.Encoding.UTF8.GetBytes(json));

    internal static CniAttachment Attachment(NetworkConfigurationList network) => new()
    {
        ContainerId = "a1b2c3",
        NetNsPath = "/run/netns/none",
        Network = network,
    };

    /// <summary>Installs a double; each answer is the shell lines for one verb.</summary>
    internal void Install(string type, params (string Verb, string Lines)[] answers)
    {
        File.CreateSymbolicLink(Path.Combine(PluginDirectory, type), Path.Combine(Doubles(), "cni-double"));
        var directory = Directory.CreateDirectory(Path.Combine(PluginDirectory, $"{type}.d")).FullName;
        foreach (var (verb, lines) in answers) File.WriteAllText(Path.Combine(directory, verb), lines + "\n");
    }

    internal void InstallReal(string type) =>
        File.CreateSymbolicLink(Path.Combine(PluginDirectory, type), Path.Combine("/usr/lib/cni", type));

    internal string Own(string type, string file) => Path.Combine(PluginDirectory, $"{type}.d", file);

    internal string[] Env(string type, int call, string verb) =>
        File.ReadAllLines(Own(type, $"calls/{call}-{verb}/env"));

    internal JsonElement Stdin(string type, int call, string verb)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Own(type, $"calls/{call}-{verb}/stdin")));
        return document.RootElement.Clone();
    }

    /// <summary>A program of the test's own, such as ip(8); its output if it succeeded.</summary>
    internal async Task<string> RunAsync(string program, params string[] arguments)
    {
        var run = new ProgramRun { Spawn = new SpawnRequest { Program = program, Arguments = arguments } };
        var result = await Runner.RunAsync(run, CancellationToken.None);
        return result.Exit.Succeeded
            ? System.Text.Encoding.UTF8.GetString(result.Stdout)
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: {System.Text.Encoding.UTF8.GetString(result.Stderr)}");
    }

    public void Dispose()
    {
        _loop.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private static string Doubles([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "doubles"));
}
