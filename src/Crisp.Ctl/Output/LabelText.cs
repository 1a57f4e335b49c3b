namespace Crisp.Ctl.Output;

/// <summary>Labels and annotations below a heading, one a line, sorted.</summary>
internal static class LabelText
{
    internal static void Write(TextWriter text, string heading, IReadOnlyDictionary<string, string> entries)
    {
        if (entries.Count == 0) return;
        text.WriteLine($"{heading}:");
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            text.WriteLine($"\t{key} -> {value}");
    }
}
