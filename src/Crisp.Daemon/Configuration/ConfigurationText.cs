using System.Text;
using Crisp.Toml;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// Writes a configuration as TOML that can be loaded again: every key with its meaning, those at their default as
/// comments. packaging/crisp.conf is this text for the built-in defaults; a test keeps it so.
/// </summary>
internal static class ConfigurationText
{
    private const int Width = 112;

    private const string Preamble = """
        # The configuration of crisp. Tables and keys are those of crio.conf; [crisp] is crisp's own.
        # Files in the drop-in directory (crisp.conf.d beside this file), whatever their names, are laid over it in lexical
        # order, key by key. A line that begins with "#" and a key shows the default; take the "#" away to change it.

        """;

    private const string HandlerPreamble = """

        # One table for each OCI runtime that pods may ask for by name (RuntimeClass). crun and runc need none where
        # they are installed.
        #[crio.runtime.runtimes.crun]

        """;

    public static string Render(CrispConfiguration configuration)
    {
        var defaults = new CrispConfiguration();
        var text = new StringBuilder(Preamble);
        string? table = null;
        foreach (var key in ConfigurationKeys.All)
        {
            if (key.Table != table)
            {
                if (table == "crio.runtime")
                    AppendHandlers(text, configuration);
                text.Append($"\n[{table = key.Table}]\n");
            }
            Append(text, key, configuration, defaults);
        }
        return text.ToString();
    }

    private static void AppendHandlers(StringBuilder text, CrispConfiguration configuration)
    {
        text.Append(HandlerPreamble);
        var defaults = new HandlerSettings();
        foreach (var key in HandlerKeys.All)
            Append(text, key, defaults, defaults);
        foreach (var (name, handler) in configuration.Handlers)
        {
            text.Append($"\n[{HandlerKeys.TablePrefix}.{TomlText.Key(name)}]\n");
            foreach (var key in HandlerKeys.All)
                text.Append($"{key.Name} = {key.Show(handler)}\n");
        }
    }

    private static void Append<T>(StringBuilder text, ConfigurationKey<T> key, T settings, T defaults)
    {
        text.Append('\n');
        AppendWrapped(text, key.Reloaded ? key.Documentation + " Read again at SIGHUP." : key.Documentation);
        var shown = key.Show(settings);
        text.Append($"{(shown == key.Show(defaults) ? "#" : "")}{key.Name} = {shown}\n");
    }

    private static void AppendWrapped(StringBuilder text, string documentation)
    {
        var column = 0;
        foreach (var word in documentation.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }
            text.Append(column == 0 ? "# " : " ").Append(word);
            column += word.Length + (column == 0 ? 2 : 1);
        }
        text.Append('\n');
    }
}
