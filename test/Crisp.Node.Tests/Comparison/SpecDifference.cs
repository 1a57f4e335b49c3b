namespace Crisp.Node.Tests.Comparison;

/// <summary>One leaf that the two runtimes write differently; <see cref="None"/> is what is not written.</summary>
public sealed record SpecDifference(string Path, string Containerd, string Crisp)
{
    public const string None = "–";

    private const string SystemCalls = "linux.seccomp.syscalls[";

    public static IEnumerable<SpecDifference> Between(
        IReadOnlyDictionary<string, string> containerd, IReadOnlyDictionary<string, string> crisp) =>
        containerd.Keys.Union(crisp.Keys).Order(StringComparer.Ordinal)
            .Select(path => new SpecDifference(path, Value(containerd, path), Value(crisp, path)))
            .Where(difference => difference.Containerd != difference.Crisp);

    /// <summary>As a row of the table would say it.</summary>
    public override string ToString() => $"| `{Path}` | `{Containerd}` | `{Crisp}` | … |";

    private static string Value(IReadOnlyDictionary<string, string> facts, string path) =>
        facts.TryGetValue(path, out var value) ? value
        : path.StartsWith(SystemCalls, StringComparison.Ordinal)
            && facts.TryGetValue("linux.seccomp.defaultAction", out var action)
            ? $"{action} {facts.GetValueOrDefault("linux.seccomp.defaultErrnoRet", "1")}" // EPERM, by the specification
            : None;
}
