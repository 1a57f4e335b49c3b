using System.Text.Json.Nodes;
using Crisp.Daemon.Inspection;

namespace Crisp.Daemon.CommandLine;

/// <summary><c>status</c>: asks the running daemon's inspect endpoints, and prints what they say.</summary>
internal sealed class Status(TextWriter output)
{
    /// <param name="words">What follows the verb.</param>
    /// <param name="listen">Gives the socket where no word names one.</param>
    public async Task RunAsync(IReadOnlyList<string> words, Func<string> listen)
    {
        var (what, chosen, id) = StatusWords.Read(words);
        var socket = chosen ?? listen();
        var text = new StatusText(output);
        switch (what)
        {
            case "config" or "c":
                await output.WriteAsync(await InspectClient.GetAsync(socket, "/config"));
                return;
            case "info" or "i":
                text.WriteNode(JsonNode.Parse(await InspectClient.GetAsync(socket, "/info")));
                return;
            case "containers" or "container" or "cs" or "s":
                var asked = Uri.EscapeDataString(id ?? throw new UsageException("containers needs --id ID"));
                text.WriteContainer(JsonNode.Parse(await InspectClient.GetAsync(socket, $"/containers/{asked}")));
                return;
            default:
                throw new UsageException(what is null
                    ? "status needs to know of what: config, info or containers"
                    : $"there is no status of {what}; there are config, info and containers");
        }
    }
}
