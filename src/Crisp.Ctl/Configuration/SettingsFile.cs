using System.Text.Json.Nodes;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Documents;

namespace Crisp.Ctl.Configuration;

/// <summary>
/// Reads crictl's configuration file (YAML: runtime-endpoint, image-endpoint, timeout, debug, pull-image-on-create,
/// disable-pull-on-run), with the command line and the environment before it.
/// </summary>
internal static class SettingsFile
{
    internal static readonly IReadOnlyList<string> Keys =
        ["runtime-endpoint", "image-endpoint", "timeout", "debug", "pull-image-on-create", "disable-pull-on-run"];

    internal static ClientSettings Load(ParsedFlags flags)
    {
        var file = Read(flags.Text(GlobalFlags.Config), required: flags.IsSet(GlobalFlags.Config));
        var timeout = flags.IsSet(GlobalFlags.Timeout)
            ? flags.Duration(GlobalFlags.Timeout)
            : Duration(file, "timeout");
        return new ClientSettings
        {
            File = flags.Text(GlobalFlags.Config),
            RuntimeEndpoint = Address(flags.Text(GlobalFlags.RuntimeEndpoint), file, "runtime-endpoint"),
            ImageEndpoint = Address(flags.Text(GlobalFlags.ImageEndpoint), file, "image-endpoint"),
            ConnectTimeout = timeout > TimeSpan.Zero ? timeout : new ClientSettings().ConnectTimeout,
            // A file's timeout is about connecting: crictl's users set it there once and then pull for minutes.
            CallTimeout = flags.IsSet(GlobalFlags.Timeout) && timeout > TimeSpan.Zero ? timeout : null,
            Debug = flags.Switch(GlobalFlags.Debug) || Text(file, "debug") == "true",
            PullImageOnCreate = Text(file, "pull-image-on-create") == "true",
            DisablePullOnRun = Text(file, "disable-pull-on-run") == "true",
        };
    }

    private static JsonObject Read(string path, bool required)
    {
        if (!required && !File.Exists(path)) return [];
        return DocumentText.Load(path) switch
        {
            null => [],
            JsonObject settings => settings,
            _ => throw new CtlException($"{path} is not a list of settings, one \"key: value\" a line"),
        };
    }

    private static Endpoint? Address(string flag, JsonObject file, string key)
    {
        var text = flag.Length > 0 ? flag : Text(file, key);
        return text.Length > 0 ? Endpoint.Parse(text) : null;
    }

    private static TimeSpan Duration(JsonObject file, string key) =>
        Text(file, key) is { Length: > 0 } text && GoDuration.TryParse(text, out var duration)
            ? duration
            : TimeSpan.Zero;

    private static string Text(JsonObject file, string key) => file[key]?.ToString() ?? "";
}
