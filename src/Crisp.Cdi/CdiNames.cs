using Crisp.Errors;

namespace Crisp.Cdi;

/// <summary>The devices that a request names: "vendor.com/class=device", by field and by annotation.</summary>
public static class CdiNames
{
    private const string Prefix = "cdi.k8s.io/";

    /// <summary>Of one container; each becomes work and a part of config.json.</summary>
    private const int MostDevices = 4096;

    /// <summary>Each once, those of the field first.</summary>
    /// <exception cref="CrispException">InvalidArgument: something that is no CDI name.</exception>
    public static IReadOnlyList<string> Of(
        IEnumerable<string> field, IEnumerable<KeyValuePair<string, string>> annotations)
    {
        List<string> names = [];
        foreach (var name in field)
            names.Add(Checked("config.CDI_devices", name));
        foreach ((string key, string value) in annotations)
        {
            if (key.StartsWith(Prefix, StringComparison.Ordinal))
                names.AddRange(value.Split(',').Select(name => Checked($"config.annotations[{key}]", name)));
        }

        return names.Count <= MostDevices
            ? [.. names.Distinct(StringComparer.Ordinal)]
            : throw CrispException.InvalidArgument(
                "config.CDI_devices", $"has {names.Count} entries; at most {MostDevices} are allowed");
    }

    internal static bool IsKind(string kind) =>
        kind.Split('/') is [var vendor, var type] && IsVendor(vendor) && IsClass(type);

    /// <summary>Letters and digits at both ends, "_", "-", "." and ":" between.</summary>
    internal static bool IsDevice(string name) => IsWord(name, startsWithDigit: true, ".-_:");

    private static string Checked(string field, string name) =>
        name.Split('=', 2) is [var kind, var device] && IsKind(kind) && IsDevice(device)
            ? name
            : throw CrispException.InvalidArgument(field, $"\"{name}\" is not of the form vendor.com/class=device");

    private static bool IsVendor(string vendor) => IsWord(vendor, startsWithDigit: false, ".-_");

    private static bool IsClass(string type) => IsWord(type, startsWithDigit: false, "-_.");

    private static bool IsWord(string text, bool startsWithDigit, string between) =>
        text.Length is > 0 and <= 253
        && (char.IsAsciiLetter(text[0]) || (startsWithDigit && char.IsAsciiDigit(text[0])))
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || between.Contains(c));
}
