using Crisp.Errors;
using Google.Protobuf.Collections;

namespace Crisp.Bundle.Validation;

/// <summary>Refusals of what would not be one word of resolv.conf (man 5 resolv.conf).</summary>
internal static class DnsRules
{
    public static void Validate(Cri.DNSConfig? dns)
    {
        if (dns is null)
            return;
        Words("config.dns_config.servers", dns.Servers);
        Words("config.dns_config.searches", dns.Searches);
        Words("config.dns_config.options", dns.Options);
        foreach (string server in dns.Servers)
        {
            if (!AddressRules.IsAddress(server))
                throw CrispException.InvalidArgument("config.dns_config.servers", $"\"{server}\" is not an IP address");
        }
    }

    private static void Words(string field, RepeatedField<string> words)
    {
        TextRules.Count(field, words.Count, Limits.DnsEntries);
        foreach (var word in words)
        {
            TextRules.Plain(field, word, Limits.DnsEntryBytes);
            if (word.Length == 0 || word.Any(char.IsWhiteSpace))
                throw CrispException.InvalidArgument(field, $"\"{word}\" is not one word");
        }
    }
}
