using System.Globalization;

namespace Crisp.Ctl.Output;

/// <summary>Sizes in powers of 1000 with so many significant digits: "4.35MB".</summary>
internal static class HumanSize
{
    private static readonly string[] s_units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    internal static string Of(ulong bytes, int digits = 4)
    {
        var size = (double)bytes;
        var unit = 0;
        while (size >= 1000 && unit < s_units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        var text = size.ToString($"G{digits}", CultureInfo.InvariantCulture).Replace('E', 'e');
        return $"{text}{s_units[unit]}";
    }
}
