using System.Text.RegularExpressions;

namespace Crisp.Cni.Configuration;

/// <summary>What may stand in names that become plugin arguments, file names and kernel interface names.</summary>
internal static partial class CniNames
{
    internal const string NetworkNameRule = "a letter or digit, then letters, digits, '_', '.' and '-'";

    /// <summary>IFNAMSIZ without its closing zero.</summary>
    private const int InterfaceNameBytes = 15;

    /// <summary>The rule for network names and container IDs alike (SPEC.md, sections 1 and 2).</summary>
    internal static bool IsNetworkName(string text) => NetworkName().IsMatch(text);

    /// <summary>A file name that cannot leave the plugin directories.</summary>
    internal static bool IsPluginType(string text) =>
        text is not ("" or "." or "..") && !text.Contains('/') && !text.Contains('\0');

    internal static bool IsInterfaceName(string text) =>
        text is not ("" or "." or "..") && text.Length <= InterfaceNameBytes
        && !text.Any(c => c is '/' or ':' or '\0' || char.IsWhiteSpace(c) || !char.IsAscii(c));

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9_.\-]*\z")]
    private static partial Regex NetworkName();
}
