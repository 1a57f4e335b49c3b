using System.Text;
using Crisp.Ctl.Verbs;

namespace Crisp.Ctl.CommandLine;

/// <summary>What --help prints.</summary>
internal static class HelpText
{
    internal static string OfProgram(IEnumerable<Verb> verbs)
    {
        var text = new StringBuilder(
            "crispctl: look at and work with the pods, containers and images of a CRI runtime\n\n");
        text.Append("usage: crispctl [option...] verb [option...] [argument...]\n\nverbs:\n");
        foreach (var verb in verbs) AppendRow(text, string.Join(", ", [verb.Name, .. verb.Aliases]), verb.Summary);
        text.Append("\noptions:\n");
        AppendFlags(text, GlobalFlags.All);
        text.Append("\n\"crispctl VERB --help\" tells more of a verb.\n");
        return text.ToString();
    }

    internal static string OfVerb(Verb verb)
    {
        var text = new StringBuilder(
            $"crispctl {verb.Name}: {verb.Summary}\n\nusage: crispctl {verb.Name} [option...]");
        if (verb.Arguments.Length > 0) text.Append(' ').Append(verb.Arguments);
        text.Append("\n\noptions:\n");
        AppendFlags(text, verb.Flags);
        AppendRow(text, "-h, --help", "Print this text");
        return text.ToString();
    }

    private static void AppendFlags(StringBuilder text, IEnumerable<Flag> flags)
    {
        foreach (var flag in flags)
        {
            var name = flag.Letter is { } letter ? $"-{letter}, --{flag.Name}" : $"    --{flag.Name}";
            var more = (flag.Default, flag.Environment) switch
            {
                ({ } value, { Count: > 0 } variables) => $" (default {value}; ${string.Join(", $", variables)})",
                ({ } value, _) => $" (default {value})",
                (_, { Count: > 0 } variables) => $" (${string.Join(", $", variables)})",
                _ => "",
            };
            AppendRow(
                text, flag.Kind == FlagKind.Switch ? name : $"{name} {Placeholder(flag.Kind)}", flag.Summary + more);
        }
    }

    private static string Placeholder(FlagKind kind) => kind switch
    {
        FlagKind.Number => "N",
        FlagKind.Duration => "DURATION",
        _ => "TEXT",
    };

    private static void AppendRow(StringBuilder text, string left, string right) =>
        text.Append("  ").Append(left.PadRight(34)).Append("  ").Append(right).Append('\n');
}
