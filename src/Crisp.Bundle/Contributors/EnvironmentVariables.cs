using System.Text;
using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// The environment: the configured one, then the image's, then the request's; the later value wins, in the earlier
/// one's place. PATH, HOSTNAME, TERM and HOME are filled in where none of them is set.
/// </summary>
internal static class EnvironmentVariables
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static IReadOnlyList<string> Build(BundleInput input, Notes notes)
    {
        var variables = new OrderedDictionary<string, string>();
        foreach (var entry in input.Options.DefaultEnvironment)
            AddEntry(variables, "default_env", entry, notes);
        foreach (var entry in input.Image.Config?.Env ?? [])
            AddEntry(variables, "the image's environment", entry, notes);
        foreach (Cri.KeyValue entry in input.Container.Envs)
            Set(variables, "envs", entry.Key, Decode(entry));
        variables.TryAdd("PATH", DefaultPath);
        variables.TryAdd("HOSTNAME", Hostname(input));
        if (input.Container.Tty)
            variables.TryAdd("TERM", "xterm");
        AddHome(variables, input.User);
        return variables.Select(variable => $"{variable.Key}={variable.Value}").ToArray();
    }

    private static void AddEntry(OrderedDictionary<string, string> variables, string from, string entry, Notes notes)
    {
        var equals = entry.IndexOf('=');
        if (equals < 0)
        {
            notes.Add($"\"{entry}\" of {from} is left out: it has no value");
            return;
        }

        Set(variables, from, entry[..equals], entry[(equals + 1)..]);
    }

    private static void Set(OrderedDictionary<string, string> variables, string field, string name, string value)
    {
        if (name.Length == 0)
            throw CrispException.InvalidArgument(field, "a variable has no name");
        if (name.Contains('='))
            throw CrispException.InvalidArgument(field, $"\"{name}\" contains \"=\"");
        TextRules.Bounded(field, name, Limits.ArgumentBytes);
        TextRules.Bounded($"{field}[{name}]", value, Limits.ArgumentBytes - Encoding.UTF8.GetByteCount(name) - 1);
        if (name == "HOME")
            CheckHome(field, value);
        variables[name] = value;
    }

    /// <summary>
    /// HOME ends up in a generated passwd line, where a line break or colon makes a user (CVE-2022-4318).
    /// </summary>
    private static void CheckHome(string field, string value)
    {
        if (value.Contains(':') || value.Any(char.IsControl))
            throw CrispException.InvalidArgument(
                $"{field}[HOME]", "contains a colon, line break or other control character");
    }

    /// <summary>Values are bytes on the wire; config.json is JSON, which holds text only.</summary>
    private static string Decode(Cri.KeyValue entry)
    {
        try
        {
            return StrictUtf8.GetString(entry.Value.Span);
        }
        catch (DecoderFallbackException)
        {
            throw CrispException.InvalidArgument($"envs[{entry.Key}]", "is not UTF-8, which the OCI runtime needs");
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static string Hostname(BundleInput input) =>
        input.PodPaths.UtsNs is null || input.Pod.Hostname.Length == 0 ? input.Host.Hostname : input.Pod.Hostname;

    private static void AddHome(OrderedDictionary<string, string> variables, ResolvedUser user)
    {
        var home = user.Home ?? (user.Uid == 0 ? "/root" : "/");
        CheckHome("the user's home directory", home);
        variables.TryAdd("HOME", home);
    }
}
