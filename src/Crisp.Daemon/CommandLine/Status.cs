using System.Net.Sockets;
using System.Text.Json.Nodes;
using Crisp.Errors;

namespace Crisp.Daemon.CommandLine;

/// <summary>
/// <c>status</c>: what the running daemon's inspect endpoints say, for people, in the form of cri-o's.
/// </summary>
internal sealed class Status(TextWriter output)
{
    private const string Scheme = "unix://";

    /// <param name="words">What follows the verb.</param>
    /// <param name="listen">Gives the socket where no word names one.</param>
    public async Task RunAsync(IReadOnlyList<string> words, Func<string> listen)
    {
        var (what, socket, id) = Read(words);
        socket ??= listen();
        switch (what)
        {
            case "config" or "c":
                await output.WriteAsync(await GetAsync(socket, "/config"));
                return;
            case "info" or "i":
                WriteNode(JsonNode.Parse(await GetAsync(socket, "/info")));
                return;
            case "containers" or "container" or "cs" or "s":
                var asked = Uri.EscapeDataString(id ?? throw new UsageException("containers needs --id ID"));
                WriteContainer(JsonNode.Parse(await GetAsync(socket, $"/containers/{asked}")));
                return;
            default:
                throw new UsageException(what is null
                    ? "status needs to know of what: config, info or containers"
                    : $"there is no status of {what}; there are config, info and containers");
        }
    }

    private static (string? What, string? Socket, string? Id) Read(IReadOnlyList<string> words)
    {
        string? what = null, socket = null, id = null;
        for (var i = 0; i < words.Count; i++)
        {
            var (name, attached) = words[i].StartsWith('-') && words[i].Split('=', 2) is [var left, var right]
                ? (left, right)
                : (words[i], null);
            string Value() =>
                attached ?? (++i < words.Count ? words[i] : throw new UsageException($"{name} needs a value"));
            switch (name)
            {
                case "--socket" or "-s":
                    socket = PathOf(Value());
                    break;
                case "--id" or "-i" when what is not null:
                    id = Value();
                    break;
                case ['-', ..]:
                    throw new UsageException(name is "--id" or "-i"
                        ? $"{name} stands behind what to ask for: status containers {name} ID"
                        : $"unknown option {words[i]}; status has --socket and --id");
                default:
                    what = what is null ? name : throw new UsageException($"{words[i]} is one word too many");
                    break;
            }
        }
        return (what, socket, id);
    }

    /// <summary>Clients of CRI write their endpoint as unix:///path.</summary>
    private static string PathOf(string endpoint) =>
        endpoint.StartsWith(Scheme, StringComparison.Ordinal) ? endpoint[Scheme.Length..] : endpoint;

    private void WriteNode(JsonNode? node)
    {
        output.WriteLine($"cgroup driver: {node?["cgroup_driver"]}");
        output.WriteLine($"storage driver: {node?["storage_driver"]}");
        output.WriteLine($"storage root: {node?["storage_root"]}");
        foreach (var (kind, title) in (ReadOnlySpan<(string, string)>)[("gids", "GID"), ("uids", "UID")])
        {
            output.WriteLine($"default {title} mappings (format <container>:<host>:<size>):");
            foreach (var range in node?["default_id_mappings"]?[kind]?.AsArray() ?? [])
                output.WriteLine($"  {range?["container_id"]}:{range?["host_id"]}:{range?["size"]}");
        }
    }

    private void WriteContainer(JsonNode? container)
    {
        foreach (var name in (ReadOnlySpan<string>)["name", "pid", "image", "image_ref"])
            output.WriteLine($"{name.Replace('_', ' ')}: {container?[name]}");
        var created = DateTimeOffset.UnixEpoch.AddTicks((container?["created_time"]?.GetValue<long>() ?? 0) / 100);
        output.WriteLine($"created: {created:O}");
        foreach (var name in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            output.WriteLine($"{name}:");
            foreach (var (key, value) in container?[name]?.AsObject() ?? [])
                output.WriteLine($"  {key}: {value}");
        }
        foreach (var name in (ReadOnlySpan<string>)["log_path", "root", "sandbox"])
            output.WriteLine($"{name.Replace('_', ' ')}: {container?[name]}");
        var addresses = container?["ip_addresses"]?.AsArray().Select(address => $"{address}") ?? [];
        output.WriteLine($"ips: {string.Join(", ", addresses)}");
    }

    private static async Task<string> GetAsync(string socket, string path)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://localhost{path}"));
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? text : throw new CrispException(ErrorKind.NotFound, text.Trim());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new CrispException(
                ErrorKind.Unavailable, $"no daemon answers on {socket}: {(e.InnerException ?? e).Message}", e);
        }
    }
}
