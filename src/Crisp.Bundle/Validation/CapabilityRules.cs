using Crisp.Bundle.Contributors;
using Google.Protobuf.Collections;

namespace Crisp.Bundle.Validation;

/// <summary>Refusals of names that are no capabilities.</summary>
internal static class CapabilityRules
{
    public static void Validate(Cri.Capability? capabilities)
    {
        if (capabilities is null)
            return;
        Names("add_capabilities", capabilities.AddCapabilities);
        Names("drop_capabilities", capabilities.DropCapabilities);
        Names("add_ambient_capabilities", capabilities.AddAmbientCapabilities);
    }

    private static void Names(string field, RepeatedField<string> names)
    {
        TextRules.Count(field, names.Count, Limits.SettingBytes);
        foreach (var name in names)
            CapabilityNames.Parse(field, name);
    }
}
