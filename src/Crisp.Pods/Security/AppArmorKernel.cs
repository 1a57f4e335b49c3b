namespace Crisp.Pods.Security;

/// <summary>
/// What the kernel says of AppArmor, in files beneath /sys (Documentation/admin-guide/LSM/apparmor.rst).
/// </summary>
/// <param name="sys">/sys, or a directory that looks like it.</param>
internal sealed class AppArmorKernel(string sys)
{
    /// <summary>Compiled in, and not turned off at boot.</summary>
    internal bool IsEnabled =>
        File.Exists(Enabled) && File.ReadAllText(Enabled).StartsWith('Y') && File.Exists(Profiles);

    private string Enabled => Path.Combine(sys, "module/apparmor/parameters/enabled");

    private string Profiles => Path.Combine(sys, "kernel/security/apparmor/profiles");

    /// <summary>
    /// The profiles that are loaded now, whatever their mode: lines of "NAME (MODE)", where names may hold spaces.
    /// </summary>
    internal IReadOnlySet<string> Loaded() => File.ReadLines(Profiles)
        .Select(line => line.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var end ? line[..end] : "")
        .Where(name => name.Length > 0)
        .ToHashSet(StringComparer.Ordinal);
}
