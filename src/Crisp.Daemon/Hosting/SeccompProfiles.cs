using Crisp.Bundle.Seccomp;
using Crisp.Errors;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// The configured seccomp profiles, read once at the start: a broken one must not show only when a container needs it.
/// </summary>
internal static class SeccompProfiles
{
    /// <summary>Where the package installs packaging/seccomp.json, for reading and for changing.</summary>
    private const string Installed = "/usr/share/crisp/seccomp.json";

    /// <summary>Null for an empty path.</summary>
    /// <exception cref="StartException">It cannot be read, or is no profile that can be honoured.</exception>
    public static SeccompProfile? Read(string key, string path)
    {
        if (path.Length == 0)
            return null;
        try
        {
            var file = new FileInfo(path);
            if (file.Length > SeccompProfile.MostBytes)
                throw Unusable(key, $"{path} is larger than {SeccompProfile.MostBytes} bytes");
            return SeccompProfile.Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CrispException)
        {
            throw Unusable(key, e.Message, e);
        }
    }

    public static SeccompProfile Default() =>
        File.Exists(Installed)
            ? Read("[crio.runtime] seccomp_profile", Installed)!
            : SeccompProfile.BuiltIn; // the path is not empty

    private static StartException Unusable(string key, string problem, Exception? inner = null) =>
        new(ExitCodes.Configuration, $"{key}: {problem}", inner);
}
