using System.Net;
using System.Text.Json;

namespace Crisp.Cni.Results;

/// <summary>
/// Reads what a plugin printed for ADD: the shape of 0.3.0 to 1.1.0 (which differ in keys that are passed on, not
/// looked at), and the "ip4"/"ip6" shape of 0.1.0 and 0.2.0 for configurations without a cniVersion.
/// </summary>
internal static class ResultParser
{
    private static readonly string[] FirstFamilies = ["ip4", "ip6"];

    /// <exception cref="FormatException">It is no CNI result; the message says why.</exception>
    internal static CniResult Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new FormatException("it is not a JSON object");
            return root.TryGetProperty("ip4", out _) || root.TryGetProperty("ip6", out _)
                ? ReadFirstShape(root, json)
                : ReadShape(root, json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static CniResult ReadShape(JsonElement root, ReadOnlyMemory<byte> json) => new()
    {
        CniVersion = Text(root, "cniVersion"),
        Interfaces = [.. Items(root, "interfaces").Select(ReadInterface)],
        Ips = [.. Items(root, "ips").Select(ReadIp)],
        Routes = [.. Items(root, "routes").Select(ReadRoute)],
        Dns = ReadDns(root),
        Json = json,
    };

    /// <summary>0.1.0 and 0.2.0: one address per family, {"ip4": {"ip": CIDR, "gateway": IP, "routes": […]}}.</summary>
    private static CniResult ReadFirstShape(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var families = FirstFamilies
            .Where(key => root.TryGetProperty(key, out var family) && family.ValueKind == JsonValueKind.Object)
            .Select(key => root.GetProperty(key))
            .ToArray();
        return new CniResult
        {
            CniVersion = Text(root, "cniVersion"),
            Ips = [.. families.Select(family => ReadAddress(family, "ip"))],
            Routes = [.. families.SelectMany(family => Items(family, "routes")).Select(ReadRoute)],
            Dns = ReadDns(root),
            Json = json,
        };
    }

    private static CniInterface ReadInterface(JsonElement item) =>
        new(Text(item, "name"), Text(item, "mac"), Text(item, "sandbox"));

    private static CniIp ReadIp(JsonElement item) => ReadAddress(item, "address") with
    {
        InterfaceIndex = item.TryGetProperty("interface", out var index) && index.ValueKind == JsonValueKind.Number
            ? index.GetInt32()
            : null,
    };

    private static CniIp ReadAddress(JsonElement item, string key)
    {
        var (address, prefixLength) = AddressText.ParseCidr(Text(item, key));
        return new CniIp(address, prefixLength, OptionalAddress(item, "gateway"), null);
    }

    private static CniRoute ReadRoute(JsonElement item)
    {
        var (destination, prefixLength) = AddressText.ParseCidr(Text(item, "dst"));
        return new CniRoute(destination, prefixLength, OptionalAddress(item, "gw"));
    }

    private static CniResultDns ReadDns(JsonElement root)
    {
        if (!root.TryGetProperty("dns", out var dns) || dns.ValueKind != JsonValueKind.Object)
            return new CniResultDns();
        return new CniResultDns
        {
            Nameservers = Texts(dns, "nameservers"),
            Domain = Text(dns, "domain"),
            Search = Texts(dns, "search"),
            Options = Texts(dns, "options"),
        };
    }

    private static IPAddress? OptionalAddress(JsonElement item, string key) =>
        Text(item, key) is { Length: > 0 } text ? AddressText.Parse(text) : null;

    private static string Text(JsonElement item, string key) =>
        item.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.GetString() ?? ""
            : "";

    private static IReadOnlyList<string> Texts(JsonElement item, string key) =>
        [.. Items(item, key).Select(text => text.GetString() ?? "")];

    private static JsonElement[] Items(JsonElement item, string key) =>
        item.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? [.. value.EnumerateArray()]
            : [];
}
