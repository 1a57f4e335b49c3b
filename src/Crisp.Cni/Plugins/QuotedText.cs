using System.Text;

namespace Crisp.Cni.Plugins;

/// <summary>A plugin's output as part of a sentence: one line, bounded, nothing a terminal would act on.</summary>
internal static class QuotedText
{
    internal static string Of(ReadOnlySpan<byte> output)
    {
        var kept = output.Length > CniLimits.QuotedCharacters * 4 ? output[..(CniLimits.QuotedCharacters * 4)] : output;
        return $"\"{OneLine(Encoding.UTF8.GetString(kept))}\"";
    }

    internal static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var c in text.Trim())
        {
            if (line.Length >= CniLimits.QuotedCharacters) return $"{line}…";
            line.Append(c is '\n' ? ' ' : char.IsControl(c) ? '?' : c);
        }

        return line.ToString();
    }
}
