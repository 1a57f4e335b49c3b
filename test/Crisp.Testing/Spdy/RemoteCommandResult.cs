using System.Text.Json;

namespace Crisp.Testing.Spdy;

/// <summary>How a command ended, as its error stream told.</summary>
/// <param name="ExitCode">0 for success; null when it never ran, or the protocol does not say (before v4).</param>
/// <param name="Reason">Of the Status: NonZeroExitCode, InternalError; empty for success.</param>
/// <param name="Message">What a user is shown.</param>
public sealed record RemoteCommandResult(int? ExitCode, string Reason, string Message)
{
    /// <summary>v4 and later send a metav1.Status; before, a text, and nothing for success.</summary>
    internal static RemoteCommandResult Parse(string protocol, string text)
    {
        if (protocol is not ("v4.channel.k8s.io" or "v5.channel.k8s.io"))
            return text.Length == 0 ? new RemoteCommandResult(0, "", "") : new RemoteCommandResult(null, "", text);

        using var status = JsonDocument.Parse(text);
        var root = status.RootElement;
        var message = Text(root, "message");
        if (root.GetProperty("status").GetString() == "Success")
            return new RemoteCommandResult(0, "", message);
        var reason = Text(root, "reason");
        return new RemoteCommandResult(reason == "NonZeroExitCode" ? ExitCodeOf(root) : null, reason, message);
    }

    private static int ExitCodeOf(JsonElement status) =>
        status.GetProperty("details").GetProperty("causes").EnumerateArray()
            .Where(cause => Text(cause, "reason") == "ExitCode")
            .Select(cause => int.Parse(Text(cause, "message")))
            .Single();

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
