namespace Crisp.Cdi;

/// <summary>What the CDI specification demands of a file.</summary>
internal static class CdiSpecCheck
{
    private static readonly string[] Versions = ["0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "1.0", "1.1"];

    private static readonly string[] HookNames =
        ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"];

    /// <summary>Null when all is well.</summary>
    internal static string? ProblemOf(CdiSpec spec)
    {
        if (spec.CdiVersion is not { } version
            || !Versions.Any(known => version.StartsWith(known + ".", StringComparison.Ordinal)))
            return $"cdiVersion \"{spec.CdiVersion}\" is not one of 0.3.0 to 1.1.0";
        if (spec.Kind is null || !CdiNames.IsKind(spec.Kind))
            return $"kind \"{spec.Kind}\" is not of the form vendor.com/class";
        if (spec.Devices is not { Count: > 0 } devices)
            return "it has no devices";
        if (devices.FirstOrDefault(device => device.Name is null || !CdiNames.IsDevice(device.Name)) is { } nameless)
            return $"\"{nameless.Name}\" is not a device's name";
        if (devices.GroupBy(device => device.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return $"device \"{twice.Key}\" is there twice";
        return ProblemOf(spec.ContainerEdits) ?? devices.Select(device => ProblemOf(device.ContainerEdits))
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOf(CdiEdits? edits)
    {
        if (edits is null)
            return null;
        if (edits.Env?.FirstOrDefault(entry => entry.IndexOf('=') < 1 || entry.Contains('\0')) is { } variable)
            return $"env \"{variable}\" is not of the form NAME=value";
        return edits.DeviceNodes?.Select(ProblemOf).FirstOrDefault(problem => problem is not null)
            ?? edits.Mounts?.Select(ProblemOf).FirstOrDefault(problem => problem is not null)
            ?? edits.Hooks?.Select(ProblemOf).FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOf(CdiDeviceNode node)
    {
        if (!IsAbsolute(node.Path))
            return $"the path \"{node.Path}\" of a device node is not absolute";
        if (node.HostPath is not null && !IsAbsolute(node.HostPath))
            return $"the hostPath \"{node.HostPath}\" of a device node is not absolute";
        if (node.Type is not (null or "" or "b" or "c" or "u" or "p"))
            return $"the type \"{node.Type}\" of {node.Path} is not b, c, u or p";
        return node.Permissions?.All("rwm".Contains) == false
            ? $"the permissions \"{node.Permissions}\" of {node.Path} are not made of r, w and m"
            : null;
    }

    private static string? ProblemOf(CdiMount mount) =>
        !IsAbsolute(mount.ContainerPath) ? $"the containerPath \"{mount.ContainerPath}\" of a mount is not absolute"
        : string.IsNullOrEmpty(mount.HostPath) ? $"the mount on {mount.ContainerPath} has no hostPath" : null;

    private static string? ProblemOf(CdiHook hook)
    {
        if (!HookNames.Contains(hook.HookName))
            return $"hookName \"{hook.HookName}\" is not one of {string.Join(", ", HookNames)}";
        if (!IsAbsolute(hook.Path))
            return $"the path \"{hook.Path}\" of a hook is not absolute";
        return hook.Timeout < 0 ? $"the timeout of hook {hook.Path} is negative" : null;
    }

    private static bool IsAbsolute(string? path) => path is ['/', ..] && !path.Contains('\0');
}
