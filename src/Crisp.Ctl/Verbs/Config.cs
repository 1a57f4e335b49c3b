using System.Text.Json.Nodes;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Configuration;
using Crisp.Ctl.Documents;
using Crisp.Ctl.Output;

namespace Crisp.Ctl.Verbs;

/// <summary>Reads and writes the file that <see cref="SettingsFile"/> loads.</summary>
internal sealed class Config : Verb
{
    internal override string Name => "config";

    internal override string Summary => "Get, set and list the settings of the client configuration file";

    internal override string Arguments => "[KEY [VALUE]]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("get", null, "Print the setting of this key"),
        Flag.Texts("set", null, "KEY=VALUE: write it into the file; may be repeated"),
        Flag.Switch("list", null, "Print all settings"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var path = call.Settings.File;
        var arguments = call.Expect(0, 2, "");
        var changes = call.Flags.Texts("set").Select(Change).ToList();
        if (arguments is [var named, var value]) changes.Add((Known(named), value));
        if (changes.Count > 0)
        {
            Write(path, changes);
            return 0;
        }

        var asked = call.Flags.Text("get") is { Length: > 0 } get ? get : arguments is [var only] ? only : null;
        if (asked is null && !call.Flags.Switch("list")) throw new UsageException("a key is missing");
        var settings = Read(path);
        foreach (var key in asked is null ? SettingsFile.Keys : [Known(asked)])
        {
            var text = settings[key]?.ToString() ?? "";
            await call.Text.WriteLineAsync(asked is null ? $"{key}: {text}".TrimEnd() : text);
        }

        return 0;
    }

    private static (string Key, string Value) Change(string assignment) => assignment.IndexOf('=') is > 0 and var equals
        ? (Known(assignment[..equals]), assignment[(equals + 1)..])
        : throw new UsageException($"\"{assignment}\" is not KEY=VALUE");

    private static string Known(string key) => SettingsFile.Keys.Contains(key)
        ? key
        : throw new UsageException($"there is no setting \"{key}\"; there are {string.Join(", ", SettingsFile.Keys)}");

    private static void Write(string path, IEnumerable<(string Key, string Value)> changes)
    {
        var settings = Read(path);
        foreach (var (key, value) in changes)
            settings[key] = Typed(value);
        try
        {
            File.WriteAllText(path, YamlText.Of(settings));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CtlException($"cannot write {path}: {e.Message}", e);
        }
    }

    /// <summary>What is a number or a truth in YAML is not put in quotation marks.</summary>
    private static JsonValue Typed(string value) =>
        bool.TryParse(value, out var truth) ? JsonValue.Create(truth)
        : long.TryParse(value, out var number) ? JsonValue.Create(number)
        : JsonValue.Create(value);

    private static JsonObject Read(string path) =>
        File.Exists(path) ? DocumentText.Load(path) as JsonObject ?? [] : [];
}
