using System.Text.Json;

namespace Crisp.Cni.Plugins;

/// <summary>The JSON error of a plugin (SPEC.md, "Error"): {"cniVersion", "code", "msg", "details"}.</summary>
internal sealed record PluginError(int Code, string Message, string Details)
{
    /// <summary>Null when the text is no CNI error.</summary>
    internal static PluginError? TryParse(ReadOnlyMemory<byte> stdout)
    {
        try
        {
            using var document = JsonDocument.Parse(stdout);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("msg", out var message)) return null;
            var code = root.TryGetProperty("code", out var number) && number.TryGetInt32(out var value) ? value : 0;
            var details = root.TryGetProperty("details", out var text) ? text.GetString() : null;
            return new PluginError(code, message.GetString() ?? "", details ?? "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
