using System.Net;

namespace Crisp.Bundle.Validation;

/// <summary>IP addresses in full: the parser also takes "1" for 0.0.0.1, which nobody means.</summary>
internal static class AddressRules
{
    public static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out _) && (text.Contains(':') || text.Count(c => c == '.') == 3);
}
