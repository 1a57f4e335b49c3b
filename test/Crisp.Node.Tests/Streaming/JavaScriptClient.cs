using System.Text.Json;

namespace Crisp.Node.Tests.Streaming;

/// <summary>Runs js/client.mjs, which stands on npm's @kubernetes/client-node, against a runtime's streams.</summary>
public sealed class JavaScriptClient(StreamTarget target) : IAsyncDisposable
{
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "js");
    private readonly ApiServer _server = new(target.Cri);

    /// <summary>Installs what package-lock.json names, unless just that is there.</summary>
    public static async Task InstallAsync()
    {
        string wanted = await File.ReadAllTextAsync(Path.Combine(Directory, "package-lock.json"));
        string installed = Path.Combine(Directory, "node_modules", "installed-lock.json");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
            return;
        await Command.OutputAsync("npm", "ci", "--prefix", Directory, "--ignore-scripts", "--no-audit", "--no-fund");
        await File.WriteAllTextAsync(installed, wanted);
    }

    /// <summary>What the scenario saw.</summary>
    public async Task<JsonElement> RunAsync(
        string container, CancellationToken cancellationToken, params string[] scenario)
    {
        await using RunningCommand client = Start(container, scenario);
        using StreamReader output = new(client.Output);
        string text = await output.ReadToEndAsync(cancellationToken);
        (int code, string errors) = await client.EndAsync(cancellationToken);
        Assert.That(code, Is.Zero, errors);
        return JsonDocument.Parse(text).RootElement;
    }

    public RunningCommand Start(string container, params string[] scenario) => RunningCommand.Start(
        "node",
        [Path.Combine(Directory, "client.mjs"),
            _server.Address.ToString().TrimEnd('/'), target.PodId, container, .. scenario]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
