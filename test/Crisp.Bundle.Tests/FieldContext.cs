using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Bundle.Tests;

/// <summary>A sensible value for each field, and the fields that must be there beside it.</summary>
internal static class FieldContext
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["linux.cgroup_parent"] = "/kubepods/other",
        ["linux.sysctls"] = "net.ipv4.ip_forward",
        ["linux.resources.cpuset_cpus"] = "0-1",
        ["linux.resources.cpuset_mems"] = "0",
        ["linux.overhead.cpuset_cpus"] = "0-1",
        ["linux.overhead.cpuset_mems"] = "0",
        ["linux.resources.unified"] = "memory.high",
        ["linux.overhead.unified"] = "memory.high",
        ["linux.resources.hugepage_limits.page_size"] = "2MB",
        ["linux.overhead.hugepage_limits.page_size"] = "2MB",
        ["linux.security_context.capabilities.add_capabilities"] = "NET_RAW",
        ["linux.security_context.capabilities.drop_capabilities"] = "KILL",
        ["linux.security_context.capabilities.add_ambient_capabilities"] = "NET_RAW",
        ["linux.security_context.run_as_username"] = "named",
        ["linux.security_context.seccomp_profile_path"] = "localhost//profile",
        ["linux.security_context.seccomp.localhost_ref"] = "/profile",
        ["linux.security_context.apparmor.localhost_ref"] = "profile",
        ["linux.security_context.selinux_options.level"] = "s0:c7,c8",
        ["linux.security_context.apparmor_profile"] = "localhost/profile",
        ["dns_config.servers"] = "10.0.0.1",
        ["port_mappings.host_ip"] = "10.0.0.1",
        ["devices.permissions"] = "r",
        ["mounts.mount_options"] = "noexec",
        ["mounts.image_sub_path"] = "dir/file",
        ["log_path"] = "other/1.log",
    };

    public static void Complete(IMessage message, string name)
    {
        if (message is Cri.PodSandboxConfig pod)
            Complete(pod, name);
        else if (message is Cri.ContainerConfig container)
            Complete(container, name);
    }

    private static void Complete(Cri.PodSandboxConfig pod, string name)
    {
        if (name == "port_mappings.host_port")
            pod.PortMappings.Add(new Cri.PortMapping { ContainerPort = 80 });
        if (name.EndsWith("run_as_group.value", StringComparison.Ordinal))
            pod.Linux.SecurityContext.RunAsUser = new() { Value = 7 };
        Profiles(name, pod.Linux.SecurityContext);
        if (name.Contains("userns_options", StringComparison.Ordinal))
            pod.Linux.SecurityContext.NamespaceOptions.UsernsOptions = Users();
        if (name.EndsWith("overhead.hugepage_limits.limit", StringComparison.Ordinal))
            pod.Linux.Overhead = new() { HugepageLimits = { new Cri.HugepageLimit { PageSize = "2MB" } } };
        if (name.EndsWith("linux.resources.hugepage_limits.limit", StringComparison.Ordinal))
            pod.Linux.Resources = new() { HugepageLimits = { new Cri.HugepageLimit { PageSize = "2MB" } } };
    }

    private static void Complete(Cri.ContainerConfig config, string name)
    {
        if (name.EndsWith("run_as_group.value", StringComparison.Ordinal))
            config.Security().RunAsUser = new() { Value = 7 };
        Profiles(name, config.Security());
        if (name.StartsWith("mounts.", StringComparison.Ordinal))
            config.Mounts.Add(MountFor(name));
        if (name.StartsWith("devices.", StringComparison.Ordinal))
            config.Devices.Add(new Cri.Device { ContainerPath = "/dev/a", HostPath = "/dev/a" });
        if (name.StartsWith("envs.", StringComparison.Ordinal))
            config.Envs.Add(new Cri.KeyValue { Key = "NAME" });
        if (name.EndsWith("hugepage_limits.limit", StringComparison.Ordinal))
            config.Resources().HugepageLimits.Add(new Cri.HugepageLimit { PageSize = "2MB" });
    }

    /// <summary>A type needs a file or name, and these need the type.</summary>
    private static void Profiles(string name, Cri.LinuxSandboxSecurityContext security)
    {
        if (name.Contains(".seccomp.", StringComparison.Ordinal))
            security.Seccomp = Profile(name, "/other");
        if (name.Contains(".apparmor.", StringComparison.Ordinal))
            security.Apparmor = Profile(name, "other");
    }

    private static void Profiles(string name, Cri.LinuxContainerSecurityContext security)
    {
        if (name.Contains(".seccomp.", StringComparison.Ordinal))
            security.Seccomp = Profile(name, "/other");
        if (name.Contains(".apparmor.", StringComparison.Ordinal))
            security.Apparmor = Profile(name, "other");
    }

    private static Cri.SecurityProfile Profile(string name, string reference) => new()
    {
        ProfileType = name.EndsWith("localhost_ref", StringComparison.Ordinal)
            ? Cri.SecurityProfile.Types.ProfileType.Localhost
            : Cri.SecurityProfile.Types.ProfileType.Unconfined,
        LocalhostRef = reference,
    };

    private static Cri.Mount MountFor(string name)
    {
        var isImage = name.StartsWith("mounts.image", StringComparison.Ordinal);
        var mount = new Cri.Mount { ContainerPath = "/mnt/a", HostPath = isImage ? "" : "/host/a" };
        mount.Readonly = isImage || name.EndsWith("recursive_read_only", StringComparison.Ordinal);
        if (isImage)
            mount.Image = new Cri.ImageSpec { Image = "sha256:0123" };
        if (name.Contains("Mappings", StringComparison.Ordinal))
        {
            mount.UidMappings.Add(new Cri.IDMapping { Length = 65536 });
            mount.GidMappings.Add(new Cri.IDMapping { Length = 65536 });
        }

        return mount;
    }

    private static Cri.UserNamespace Users() => new()
    {
        Mode = Cri.NamespaceMode.Pod,
        Uids = { new Cri.IDMapping { HostId = 100000, Length = 65536 } },
        Gids = { new Cri.IDMapping { HostId = 100000, Length = 65536 } },
    };

    public static object Value(FieldDescriptor field, string name) => field.FieldType switch
    {
        FieldType.String => Text(field, name),
        FieldType.Bool => true,
        FieldType.Bytes => ByteString.CopyFromUtf8("value"),
        FieldType.Enum => field.EnumType.Values.Last(value => value.Number > 0 || field.EnumType.Values.Count == 1)
            .Number is var number
            ? Enum.ToObject(field.EnumType.ClrType, number) : 0,
        FieldType.Int32 => 80,
        FieldType.UInt32 => 1u,
        FieldType.UInt64 => 1ul,
        _ => name.EndsWith("oom_score_adj", StringComparison.Ordinal) ? 500L : 5000L,
    };

    private static string Text(FieldDescriptor field, string name)
    {
        if (field.Name == "value")
            return "1";
        if (Texts.TryGetValue(name, out var text))
            return text;
        var isPath = name.Contains("path", StringComparison.Ordinal) || name.EndsWith("_dir", StringComparison.Ordinal)
            || name.EndsWith("_directory", StringComparison.Ordinal);
        return isPath ? "/some/path" : "text";
    }
}
