using Crisp.Toml;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// One OCI runtime of <c>--runtimes</c>: NAME:PATH:ROOT:TYPE:PRIVILEGED_WITHOUT_HOST_DEVICES:CONFIG_PATH, of which any
/// number may be left out at the end, or be empty; the last is for runtimes of a type that crisp refuses.
/// </summary>
internal static class HandlerOption
{
    private static readonly string[] Keys =
        ["runtime_path", "runtime_root", "runtime_type", "privileged_without_host_devices"];

    public static CrispConfiguration ApplyTo(CrispConfiguration configuration, string origin, string text)
    {
        var parts = text.Split(':');
        if (parts[0].Length == 0)
            return configuration; // scripts that fill in a variable which is not set: no pod can ask for such a handler
        if (parts.Length is < 2 or > 6 || !ConfigurationFile.IsHandlerName(parts[0]))
        {
            throw new ConfigurationException(
                $"{origin} must be NAME:PATH:ROOT:TYPE:PRIVILEGED_WITHOUT_HOST_DEVICES, not {TomlText.Quote(text)}");
        }
        var settings = configuration.Handlers.GetValueOrDefault(
            parts[0], new HandlerSettings { AllowedAnnotations = [] });
        foreach (var (name, part) in Keys.Zip(parts.Skip(1)).Where(pair => pair.Second.Length > 0))
        {
            var value = part is "true" or "false" ? part : TomlText.Quote(part);
            settings = HandlerKeys.All.First(key => key.Name == name).Apply(settings, new ConfiguredValue(
                "", $"{origin} {parts[0]}: {name}", TomlDocument.Parse($"value = {value}").Entries[0].Value));
        }
        var handlers = new SortedDictionary<string, HandlerSettings>(StringComparer.Ordinal);
        foreach (var (name, other) in configuration.Handlers)
            handlers[name] = other;
        handlers[parts[0]] = settings;
        return configuration with { Handlers = handlers };
    }
}
