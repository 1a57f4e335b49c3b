using System.Text.Json;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>
/// What was asked for, under "config" of the verbose info, in containerd's shape (the names of api.proto). Written
/// field by field: the library's own JSON needs reflection, which a native program does not have.
/// </summary>
internal static class ConfigInfo
{
    /// <summary>With the resources of the last update in the place of the request's.</summary>
    public static void Write(Utf8JsonWriter json, PodSnapshot pod)
    {
        var config = pod.Config;
        json.WriteStartObject("config");
        json.WriteStartObject("metadata");
        json.WriteString("name", config.Metadata.Name);
        json.WriteString("uid", config.Metadata.Uid);
        json.WriteString("namespace", config.Metadata.Namespace);
        json.WriteNumber("attempt", config.Metadata.Attempt);
        json.WriteEndObject();
        json.WriteString("hostname", config.Hostname);
        json.WriteString("log_directory", config.LogDirectory);
        Map(json, "labels", config.Labels);
        Map(json, "annotations", config.Annotations);
        json.WriteStartObject("linux");
        json.WriteString("cgroup_parent", config.Linux?.CgroupParent ?? "");
        Map(json, "sysctls", config.Linux?.Sysctls ?? []);
        Security(
            json, config.Linux?.SecurityContext?.Privileged ?? false, config.Linux?.SecurityContext?.NamespaceOptions);
        Resources(json, "overhead", pod.Overhead);
        Resources(json, "resources", pod.Resources);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ContainerConfig config)
    {
        json.WriteStartObject("config");
        json.WriteStartObject("metadata");
        json.WriteString("name", config.Metadata.Name);
        json.WriteNumber("attempt", config.Metadata.Attempt);
        json.WriteEndObject();
        json.WriteStartObject("image");
        json.WriteString("image", config.Image?.Image ?? "");
        json.WriteString("user_specified_image", config.Image?.UserSpecifiedImage ?? "");
        json.WriteEndObject();
        Texts(json, "command", config.Command);
        Texts(json, "args", config.Args);
        json.WriteString("working_dir", config.WorkingDir);
        Mounts(json, config);
        Map(json, "labels", config.Labels);
        Map(json, "annotations", config.Annotations);
        json.WriteString("log_path", config.LogPath);
        json.WriteBoolean("stdin", config.Stdin);
        json.WriteBoolean("stdin_once", config.StdinOnce);
        json.WriteBoolean("tty", config.Tty);
        json.WriteStartObject("linux");
        Security(
            json, config.Linux?.SecurityContext?.Privileged ?? false, config.Linux?.SecurityContext?.NamespaceOptions);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Mounts(Utf8JsonWriter json, ContainerConfig config)
    {
        json.WriteStartArray("mounts");
        foreach (var mount in config.Mounts)
        {
            json.WriteStartObject();
            json.WriteString("container_path", mount.ContainerPath);
            json.WriteString("host_path", mount.HostPath);
            json.WriteBoolean("readonly", mount.Readonly);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Security(Utf8JsonWriter json, bool privileged, NamespaceOption? namespaces)
    {
        json.WriteStartObject("security_context");
        json.WriteBoolean("privileged", privileged);
        json.WriteStartObject("namespace_options");
        json.WriteNumber("network", (int)(namespaces?.Network ?? NamespaceMode.Pod));
        json.WriteNumber("pid", (int)(namespaces?.Pid ?? NamespaceMode.Pod));
        json.WriteNumber("ipc", (int)(namespaces?.Ipc ?? NamespaceMode.Pod));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Resources(Utf8JsonWriter json, string name, LinuxContainerResources? resources)
    {
        if (resources is null)
            return;
        json.WriteStartObject(name);
        json.WriteNumber("cpu_period", resources.CpuPeriod);
        json.WriteNumber("cpu_quota", resources.CpuQuota);
        json.WriteNumber("cpu_shares", resources.CpuShares);
        json.WriteNumber("memory_limit_in_bytes", resources.MemoryLimitInBytes);
        Map(json, "unified", resources.Unified);
        json.WriteEndObject();
    }

    private static void Map(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in entries)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
