using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>Refusals of devices by what the request says.</summary>
internal static class DeviceRules
{
    public static void Validate(IReadOnlyList<Cri.Device> devices)
    {
        TextRules.Count("config.devices", devices.Count, Limits.Devices);
        foreach (Cri.Device device in devices)
        {
            PathRules.Absolute("config.devices.host_path", device.HostPath);
            PathRules.Absolute("config.devices.container_path", device.ContainerPath);
            string permissions = device.Permissions;
            var wellFormed = permissions.All("rwm".Contains) && permissions.Distinct().Count() == permissions.Length;
            if (!wellFormed)
                throw CrispException.InvalidArgument(
                    "config.devices.permissions", $"\"{permissions}\" is not made of r, w and m");
        }
    }
}
