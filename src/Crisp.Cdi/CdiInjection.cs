using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Cdi;

/// <summary>Edits in the form that config.json has, with what they leave to the host looked up there.</summary>
internal static class CdiInjection
{
    private const int PermissionBits = 0b111_111_111;

    internal static SpecEdits Of(IReadOnlyList<CdiEdits> edits)
    {
        if (edits.Any(edit => edit.IntelRdt is not null))
            throw Unsupported("intelRdt: Intel RDT is");
        if (edits.Any(edit => edit.NetDevices is not null))
            throw Unsupported("netDevices: network devices are");
        return new SpecEdits
        {
            Environment = [.. edits.SelectMany(edit => edit.Env ?? [])],
            Devices = [.. edits.SelectMany(edit => edit.DeviceNodes ?? []).Select(Node)],
            Mounts = [.. edits.SelectMany(edit => edit.Mounts ?? []).Select(Mount)],
            Hooks = Hooks([.. edits.SelectMany(edit => edit.Hooks ?? [])]),
            AdditionalGids = [.. edits.SelectMany(edit => edit.AdditionalGids ?? []).Where(gid => gid != 0)],
        };
    }

    /// <summary>
    /// Type and number are the host's where the file does not say them (SPEC.md, containerEdits.deviceNodes).
    /// </summary>
    private static SpecEdits.Device Node(CdiDeviceNode node)
    {
        var isComplete = node.Type is { Length: > 0 } && (node.Type == "p" || node.Major is not null);
        FileStatus? host = isComplete ? null : OnHost(node);
        var type = node.Type is { Length: > 0 } given
            ? given
            : host!.IsBlockDevice ? "b" : "c"; // incomplete: looked up
        return new SpecEdits.Device(
            new Oci.Device
            {
                Path = node.Path!, // checked
                Type = type,
                Major = node.Major ?? host?.Special.Major,
                Minor = node.Minor ?? host?.Special.Minor ?? (node.Major is null ? null : 0),
                FileMode = node.FileMode ?? (uint?)(host?.Mode & PermissionBits),
                Uid = node.Uid,
                Gid = node.Gid,
            },
            node.Permissions is { Length: > 0 } access ? access : "rwm");
    }

    private static FileStatus OnHost(CdiDeviceNode node)
    {
        var path = node.HostPath ?? node.Path!; // checked
        var status = FileStatus.Of(path, follow: true);
        return status is { IsBlockDevice: true } or { IsCharacterDevice: true }
            ? status
            : throw new CrispException(ErrorKind.FailedPrecondition,
                $"CDI device node {path} is {(status is null ? "not there" : "not a device")}");
    }

    /// <summary>Most files say neither "bind" nor a type, and mean a bind.</summary>
    private static Oci.Mount Mount(CdiMount mount)
    {
        string[] options = [.. mount.Options ?? []];
        var isBind = mount.Type is null or "" or "bind" or "none";
        return new Oci.Mount
        {
            Destination = mount.ContainerPath!, // checked, like the source
            Source = mount.HostPath,
            Type = isBind ? "bind" : mount.Type,
            Options = !isBind || options.Any(option => option is "bind" or "rbind") ? options : ["rbind", .. options],
        };
    }

    private static Oci.Hooks? Hooks(IReadOnlyList<CdiHook> hooks) => hooks.Count == 0 ? null : new Oci.Hooks
    {
        Prestart = Of(hooks, "prestart"),
        CreateRuntime = Of(hooks, "createRuntime"),
        CreateContainer = Of(hooks, "createContainer"),
        StartContainer = Of(hooks, "startContainer"),
        Poststart = Of(hooks, "poststart"),
        Poststop = Of(hooks, "poststop"),
    };

    private static Oci.Hook[]? Of(IReadOnlyList<CdiHook> hooks, string name)
    {
        Oci.Hook[] chosen = [.. hooks.Where(hook => hook.HookName == name).Select(hook => new Oci.Hook
        {
            Path = hook.Path!, // checked
            Args = hook.Args,
            Env = hook.Env,
            Timeout = hook.Timeout is > 0 ? hook.Timeout : null,
        })];
        return chosen.Length == 0 ? null : chosen;
    }

    private static CrispException Unsupported(string what) =>
        new(ErrorKind.Unimplemented, $"config.CDI_devices: a device asks for {what} not supported");
}
