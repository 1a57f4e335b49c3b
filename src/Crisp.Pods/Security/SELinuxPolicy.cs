using Crisp.Bundle.SELinux;

namespace Crisp.Pods.Security;

/// <summary>
/// Whether the kernel runs SELinux, and what the loaded policy calls containers (man 5 selinux_config, lxc_contexts).
/// </summary>
internal static class SELinuxPolicy
{
    /// <summary>Of a policy without the file, as container-selinux names them.</summary>
    private static readonly SELinuxHost s_usual = new(
        "system_u:system_r:container_t:s0", "system_u:object_r:container_file_t:s0");

    /// <summary>Null where SELinux is off.</summary>
    /// <param name="kernel">/sys/fs/selinux, which is empty without SELinux.</param>
    /// <param name="settings">/etc/selinux</param>
    internal static SELinuxHost? Read(string kernel, string settings)
    {
        if (!File.Exists(Path.Combine(kernel, "enforce")))
            return null;
        var policy = Setting(Path.Combine(settings, "config"), "SELINUXTYPE") ?? "targeted";
        var contexts = Path.Combine(settings, policy, "contexts/lxc_contexts");
        return new SELinuxHost(
            Label(contexts, "process") ?? s_usual.ProcessLabel, Label(contexts, "file") ?? s_usual.FileLabel);
    }

    /// <summary>A label has four parts; a line that has fewer is none.</summary>
    private static string? Label(string file, string key) =>
        Setting(file, key)?.Trim('"') is { } label && label.Split(':').Length >= 4 ? label : null;

    /// <summary>KEY=VALUE or KEY = VALUE, a line each; the last one counts.</summary>
    private static string? Setting(string file, string key)
    {
        if (!File.Exists(file))
            return null;
        string? value = null;
        foreach (var line in File.ReadLines(file))
        {
            if (line.Split('=', 2) is [var name, var text] && name.Trim() == key)
                value = text.Trim();
        }

        return value is { Length: > 0 } ? value : null;
    }
}
