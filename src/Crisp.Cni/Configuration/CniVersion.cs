namespace Crisp.Cni.Configuration;

/// <summary>
/// A version of the CNI specification. It decides what a plugin may be asked: results passed on (0.3.0), CHECK and
/// prevResult for DEL (0.4.0), GC and STATUS (1.1.0).
/// </summary>
public readonly record struct CniVersion : IComparable<CniVersion>
{
    private CniVersion(int major, int minor, int patch)
    {
        Major = major;
        Minor = minor;
        Patch = patch;
    }

    public static CniVersion V010 { get; } = new(0, 1, 0);

    public static CniVersion V030 { get; } = new(0, 3, 0);

    public static CniVersion V040 { get; } = new(0, 4, 0);

    public static CniVersion V110 { get; } = new(1, 1, 0);

    private static CniVersion[] Known { get; } =
        [V010, new(0, 2, 0), V030, new(0, 3, 1), V040, new(1, 0, 0), V110];

    public int Major { get; }

    public int Minor { get; }

    public int Patch { get; }

    public bool HasPreviousResult => this >= V030;

    public bool HasCheck => this >= V040;

    public bool HasStatusAndGc => this >= V110;

    /// <summary>False for anything but a version crisp speaks.</summary>
    public static bool TryParse(string text, out CniVersion version)
    {
        version = default;
        foreach (var known in Known)
            if (known.ToString() == text)
            {
                version = known;
                return true;
            }

        return false;
    }

    public static bool operator <(CniVersion left, CniVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(CniVersion left, CniVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(CniVersion left, CniVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CniVersion left, CniVersion right) => left.CompareTo(right) >= 0;

    public int CompareTo(CniVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => $"{Major}.{Minor}.{Patch}";
}
