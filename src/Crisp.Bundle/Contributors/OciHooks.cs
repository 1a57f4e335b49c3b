using System.Text.RegularExpressions;
using Crisp.Bundle.Hooks;
using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// The hooks of the hooks directories whose conditions this container meets, in the order of the files' names.
/// </summary>
internal static class OciHooks
{
    public static Oci.Hooks? Build(BundleInput input, string command)
    {
        if (input.Hooks.Count == 0)
            return null;
        var annotations = new Dictionary<string, string>(input.Container.Annotations, StringComparer.Ordinal);
        foreach ((string key, string value) in input.Pod.Annotations)
            annotations[key] = value;
        try
        {
            return Of(
                [.. input.Hooks.Where(rule => rule.Matches(command, annotations, input.Container.Mounts.Count > 0))]);
        }
        catch (RegexMatchTimeoutException error)
        {
            throw CrispException.InvalidArgument(
                "config.annotations", $"an OCI hook's pattern \"{error.Pattern}\" takes too long on them");
        }
    }

    /// <summary>The second ones after the first, stage by stage.</summary>
    public static Oci.Hooks? Join(Oci.Hooks? first, Oci.Hooks? second) =>
        first is null || second is null ? first ?? second : new Oci.Hooks
    {
        Prestart = Join(first.Prestart, second.Prestart),
        CreateRuntime = Join(first.CreateRuntime, second.CreateRuntime),
        CreateContainer = Join(first.CreateContainer, second.CreateContainer),
        StartContainer = Join(first.StartContainer, second.StartContainer),
        Poststart = Join(first.Poststart, second.Poststart),
        Poststop = Join(first.Poststop, second.Poststop),
    };

    private static Oci.Hooks? Of(IReadOnlyList<HookRule> rules) => rules.Count == 0 ? null : new Oci.Hooks
    {
        Prestart = At(rules, HookStage.Prestart),
        CreateRuntime = At(rules, HookStage.CreateRuntime),
        CreateContainer = At(rules, HookStage.CreateContainer),
        StartContainer = At(rules, HookStage.StartContainer),
        Poststart = At(rules, HookStage.Poststart),
        Poststop = At(rules, HookStage.Poststop),
    };

    private static Oci.Hook[]? At(IReadOnlyList<HookRule> rules, HookStage stage)
    {
        Oci.Hook[] hooks = [.. rules.Where(rule => rule.Stages.Contains(stage)).Select(rule => rule.Hook)];
        return hooks.Length == 0 ? null : hooks;
    }

    private static IReadOnlyList<Oci.Hook>? Join(IReadOnlyList<Oci.Hook>? first, IReadOnlyList<Oci.Hook>? second) =>
        first is null || second is null ? first ?? second : [.. first, .. second];
}
