using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>The options of pull, which create and run have too.</summary>
internal static class PullFlags
{
    internal static IReadOnlyList<Flag> Credentials { get; } =
    [
        Flag.Text("creds", null, "USERNAME[:PASSWORD] for the registry") with { Environment = ["CRICTL_CREDS"] },
        Flag.Text("auth",
            null, "The same as the base64 text of a registry's auth file") with { Environment = ["CRICTL_AUTH"] },
        Flag.Duration(
            "pull-timeout", null, "Cancel the pull after this time") with { Environment = ["CRICTL_PULL_TIMEOUT"] },
    ];

    internal static IReadOnlyList<Flag> WhenCreating { get; } =
    [
        Flag.Switch("with-pull", null, "Pull the image first"),
        Flag.Switch("no-pull", null, "Do not pull the image"),
    ];

    internal static bool IsWanted(Invocation call, bool byDefault)
    {
        var (with, without) = (call.Flags.Switch("with-pull"), call.Flags.Switch("no-pull"));
        if (with && without) throw new UsageException("--with-pull and --no-pull contradict each other");
        return with || (byDefault && !without);
    }

    /// <summary>Null when the user gave none.</summary>
    internal static AuthConfig? Auth(Invocation call)
    {
        var (creds, auth) = (call.Flags.Text("creds"), call.Flags.Text("auth"));
        if (creds.Length > 0 && auth.Length > 0) throw new UsageException("--creds and --auth contradict each other");
        if (auth.Length > 0) return new AuthConfig { Auth = auth };
        if (creds.Length == 0) return null;
        var colon = creds.IndexOf(':');
        if (colon == 0) throw new UsageException("--creds has no user name before its ':'");
        return new AuthConfig
        {
            Username = colon < 0 ? creds : creds[..colon],
            Password = colon < 0 ? "" : creds[(colon + 1)..],
        };
    }
}
