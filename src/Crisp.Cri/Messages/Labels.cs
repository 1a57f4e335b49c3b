using Google.Protobuf.Collections;

namespace Crisp.Cri.Messages;

internal static class Labels
{
    /// <summary>Every label of the selector is there with the same value; an empty selector takes all.</summary>
    public static bool Match(MapField<string, string> selector, MapField<string, string> labels)
    {
        foreach (var (key, value) in selector)
        {
            if (!labels.TryGetValue(key, out var actual) || actual != value)
                return false;
        }
        return true;
    }
}
