using System.Diagnostics;
using System.Text.Json;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>Runs js/client.mjs, which stands on npm's @grpc/grpc-js.</summary>
internal static class ForeignClient
{
    private static readonly string s_directory = Path.Combine(AppContext.BaseDirectory, "js");

    /// <summary>Installs what package-lock.json names, unless just that is there.</summary>
    public static async Task InstallAsync(CancellationToken timeout)
    {
        var wanted = Path.Combine(s_directory, "package-lock.json");
        var installed = Path.Combine(s_directory, "node_modules", "installed-lock.json");
        if (File.Exists(installed)
            && await File.ReadAllTextAsync(installed, timeout) == await File.ReadAllTextAsync(wanted, timeout))
        {
            return;
        }

        await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], timeout);
        File.Copy(wanted, installed, overwrite: true);
    }

    public static async Task<JsonElement> CallAsync(
        RunningServer server, string scenario, string argument, CancellationToken timeout)
    {
        var output = await RunAsync("node", ["client.mjs", server.SocketPath, scenario, argument], timeout);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken timeout)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = s_directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new AssertionException($"{program} did not start");
        await using var killed = timeout.Register(process.Kill);
        var output = process.StandardOutput.ReadToEndAsync(timeout);
        var errors = await process.StandardError.ReadToEndAsync(timeout);
        await process.WaitForExitAsync(timeout);
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}: {errors}");
        return await output;
    }
}
