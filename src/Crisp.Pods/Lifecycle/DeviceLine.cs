using Crisp.Errors;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>"HOST[:CONTAINER][:rwm]", as the configuration and the annotation write a device.</summary>
internal static class DeviceLine
{
    internal static Device Parse(string field, string line)
    {
        var parts = line.Split(':');
        var device = parts switch
        {
            [var host] => Of(host, host, ""),
            [var host, ['/', ..] inside] => Of(host, inside, ""),
            [var host, var access] => Of(host, host, access),
            [var host, var inside, var access] => Of(host, inside, access),
            _ => Of("", "", ""),
        };
        var wellFormed = IsInDev(device.HostPath) && IsInDev(device.ContainerPath)
            && !line.Split('/', ':').Contains("..") && device.Permissions.All("rwm".Contains);
        return wellFormed ? device : throw CrispException.InvalidArgument(
            field, $"\"{line}\" is not a valid device: not of the form /dev/HOST[:/dev/CONTAINER][:rwm]");
    }

    private static bool IsInDev(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static Device Of(string host, string inside, string access) =>
        new() { HostPath = host, ContainerPath = inside, Permissions = access };
}
