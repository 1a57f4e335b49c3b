using System.Text.RegularExpressions;

namespace Crisp.Bundle.Hooks;

/// <summary>
/// A file of an OCI hooks directory (oci-hooks(5), schemas 1.0.0 and 0.1.0): a program, its stages, and for which
/// containers.
/// </summary>
public sealed record HookRule
{
    public required Oci.Hook Hook { get; init; }

    public required IReadOnlyList<HookStage> Stages { get; init; }

    public bool? Always { get; init; }

    /// <summary>Each must match an annotation of the container: its name and its value.</summary>
    public IReadOnlyList<(Regex Name, Regex Value)> Annotations { get; init; } = [];

    /// <summary>One must match the program that the container runs.</summary>
    public IReadOnlyList<Regex> Commands { get; init; } = [];

    public bool? HasBindMounts { get; init; }

    /// <summary>One condition that holds is enough, as in schema 0.1.0.</summary>
    public bool OneIsEnough { get; init; }

    /// <summary>Every condition that is there must hold, unless one is enough, and one must be there.</summary>
    public bool Matches(string command, IReadOnlyDictionary<string, string> annotations, bool hasBindMounts)
    {
        if (OneIsEnough)
        {
            return Always is true
                || (HasBindMounts is true && hasBindMounts)
                || Annotations.Any(wanted => IsAmong(annotations, wanted))
                || Commands.Any(wanted => wanted.IsMatch(command));
        }

        if (Always is null && HasBindMounts is null && Annotations.Count == 0 && Commands.Count == 0)
            return false;
        return Always is not false
            && (HasBindMounts is null || (HasBindMounts.Value && hasBindMounts))
            && Annotations.All(wanted => IsAmong(annotations, wanted))
            && (Commands.Count == 0 || Commands.Any(wanted => wanted.IsMatch(command)));
    }

    private static bool IsAmong(IReadOnlyDictionary<string, string> annotations, (Regex Name, Regex Value) wanted) =>
        annotations.Any(has => wanted.Name.IsMatch(has.Key) && wanted.Value.IsMatch(has.Value));
}
