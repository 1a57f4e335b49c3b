using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Crisp.Testing.Registries;

/// <summary>
/// Debian's docker-registry on a loopback port that the kernel chose, with its content in one directory. Its own
/// packaged configuration listens everywhere, so it gets one of ours.
/// </summary>
public sealed partial class TestRegistry : IAsyncDisposable
{
    public const string UserName = "reader";
    public const string Password = "secret";

    // bcrypt of the password above, as htpasswd -B writes it.
    private const string HtpasswdLine = UserName + ":$2b$04$JMriHnPWnpNXxUQwT4ID5uubBAiwcqWle.5f07PJLoc5oM22lj5yS";

    private readonly Process _process;

    private TestRegistry(Process process, string address, bool authenticated)
    {
        _process = process;
        Address = address;
        Client = new RegistryClient(address, authenticated ? (UserName, Password) : null);
    }

    /// <summary>127.0.0.1:PORT, the first part of the names of its images.</summary>
    public string Address { get; }

    public RegistryClient Client { get; }

    public static async Task<TestRegistry> StartAsync(string directory, bool authenticated = false)
    {
        Directory.CreateDirectory(directory);
        var configuration = Path.Combine(directory, "config.yml");
        await File.WriteAllTextAsync(configuration, await ConfigurationAsync(directory, authenticated));

        var program = await Repository.PackageFileAsync("docker-registry", "usr/bin/docker-registry");
        var start = new ProcessStartInfo(program, ["serve", configuration])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new TestRegistry(process, await ListeningAddressAsync(process), authenticated);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> ConfigurationAsync(string directory, bool authenticated)
    {
        var access = "";
        if (authenticated)
        {
            var users = Path.Combine(directory, "htpasswd");
            await File.WriteAllTextAsync(users, HtpasswdLine + "\n");
            access = $"auth: {{htpasswd: {{realm: test, path: {users}}}}}\n";
        }

        return $$"""
            version: 0.1
            log:
              formatter: json
              accesslog: {disabled: true}
            storage:
              filesystem: {rootdirectory: {{directory}}/content}
              delete: {enabled: true}
            http: {addr: "127.0.0.1:0", secret: of-this-test-run}

            """ + access;
    }

    private static async Task<string> ListeningAddressAsync(Process process)
    {
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                address.TrySetException(new InvalidOperationException("docker-registry ended before it listened"));
            else if (Listening().Match(line.Data) is { Success: true } match)
                address.TrySetResult(match.Groups[1].Value);
        };
        process.BeginErrorReadLine();
        return await address.Task.WaitAsync(Eventually.Patience);
    }

    [GeneratedRegex(@"listening on (127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
