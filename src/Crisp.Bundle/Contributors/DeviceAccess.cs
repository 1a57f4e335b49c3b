namespace Crisp.Bundle.Contributors;

/// <summary>
/// Rules of the device cgroup: nothing, then making nodes (which opens none), the harmless devices, and what the
/// container was given. Privileged containers may use all.
/// </summary>
internal static class DeviceAccess
{
    private static readonly Oci.DeviceRule[] Usual =
    [
        Allow("c", null, null, "m"),
        Allow("b", null, null, "m"),
        Allow("c", 1, 3, "rwm"),     // null
        Allow("c", 1, 5, "rwm"),     // zero
        Allow("c", 1, 7, "rwm"),     // full
        Allow("c", 1, 8, "rwm"),     // random
        Allow("c", 1, 9, "rwm"),     // urandom
        Allow("c", 5, 0, "rwm"),     // tty
        Allow("c", 5, 1, "rwm"),     // console
        Allow("c", 5, 2, "rwm"),     // ptmx
        Allow("c", 136, null, "rwm"), // pts/*
    ];

    public static IReadOnlyList<Oci.DeviceRule> Build(BundleInput input)
    {
        if (input.IsPrivileged && !input.Runtime.PrivilegedWithoutHostDevices)
            return [new Oci.DeviceRule { Allow = true, Access = "rwm" }];
        var given = DeviceNodes.Chosen(input)
            .Select(device => Allow(device.IsBlock ? "b" : "c", device.Major, device.Minor, device.Permissions));
        return [new Oci.DeviceRule { Allow = false, Access = "rwm" }, .. Usual, .. given];
    }

    private static Oci.DeviceRule Allow(string type, long? major, long? minor, string access) =>
        new() { Allow = true, Type = type, Major = major, Minor = minor, Access = access };
}
