namespace Crisp.Ctl.CommandLine;

/// <summary>The options that stand before the verb.</summary>
internal static class GlobalFlags
{
    internal const string RuntimeEndpoint = "runtime-endpoint";
    internal const string ImageEndpoint = "image-endpoint";
    internal const string Timeout = "timeout";
    internal const string Config = "config";
    internal const string Debug = "debug";
    internal const string Help = "help";
    internal const string Version = "version";

    internal static readonly Flag HelpFlag = Flag.Switch(Help, 'h', "Print this text");

    internal static IReadOnlyList<Flag> All { get; } =
    [
        Flag.Text(RuntimeEndpoint, 'r', "Socket of the CRI runtime service") with
        {
            Environment = ["CRISP_RUNTIME_ENDPOINT", "CONTAINER_RUNTIME_ENDPOINT"],
        },
        Flag.Text(ImageEndpoint, 'i', "Socket of the CRI image service, if it is another one") with
        {
            Environment = ["CRISP_IMAGE_ENDPOINT", "IMAGE_SERVICE_ENDPOINT"],
        },
        Flag.Duration(Timeout,
            't', "What connecting may take, and each call where given (default 2s to connect, calls unlimited)"),
        Flag.Text(Config, 'c', "Client configuration file") with
        {
            Default = "/etc/crictl.yaml", Environment = ["CRISP_CONFIG_FILE", "CRI_CONFIG_FILE"],
        },
        Flag.Switch(Debug, 'D', "Print each call and how long it took"),
        Flag.Switch(Version, 'v', "Print the version of crispctl"),
        HelpFlag,
    ];
}
