using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string ApiTable = "crio.api";

    private static Key[] Api =>
    [
        new(ApiTable, "listen",
            "The unix socket that kubelet and crictl talk to (mode 0660).",
            c => TomlText.Quote(c.Api.Listen),
            (c, v) => c with { Api = c.Api with { Listen = v.Path() } }),
    ];
}
