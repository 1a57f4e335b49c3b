using System.Reflection;

namespace Crisp.Daemon;

/// <summary>The version of this build, from the one property in Directory.Build.props.</summary>
internal static class BuildInfo
{
    public static string Version { get; } =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "0.0.0";
}
