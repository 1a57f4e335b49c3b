using System.Text.Json;
using System.Text.RegularExpressions;
using Crisp.Bundle.Hooks;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;

namespace Crisp.Pods.Hooks;

/// <summary>Turns a hook file into a rule, or into the one sentence why it is none.</summary>
internal static class HookRules
{
    /// <summary>For one pattern on one text of a request, which may be made to be slow.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    internal static (HookRule? Rule, string? Problem) Of(ConfigurationFile file)
    {
        if (file.Problem is not null)
            return (null, file.Problem);
        try
        {
            ReadOnlySpan<byte> content = file.Content.Span;
            return IsEarlier(file.Content)
                ? Of(EarlierHookFile.Parse(content) ?? new EarlierHookFile())
                : Of(HookFile.Parse(content) ?? new HookFile());
        }
        catch (Exception error) when (error is JsonException or RegexParseException or NotSupportedException)
        {
            return (null, error.Message);
        }
    }

    /// <summary>The first schema had no version. Members' names are found as all others are, in any case.</summary>
    private static bool IsEarlier(ReadOnlyMemory<byte> content)
    {
        using JsonDocument json = JsonDocument.Parse(content);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            return false;
        JsonElement version = json.RootElement.EnumerateObject()
            .LastOrDefault(member => member.Name.Equals("version", StringComparison.OrdinalIgnoreCase)).Value;
        return version.ValueKind == JsonValueKind.Undefined
            || (version.ValueKind == JsonValueKind.String && version.GetString() is "" or "0.1.0");
    }

    private static (HookRule? Rule, string? Problem) Of(EarlierHookFile file)
    {
        if (file.Hook is not ['/', ..])
            return (null, $"hook \"{file.Hook}\" is not absolute");
        if ((file.Stage is not null && file.Stages is not null) || (file.Cmd is not null && file.Cmds is not null)
            || (file.Annotation is not null && file.Annotations is not null))
            return (null, "one of stage, cmd and annotation is there twice, also in the plural");
        if ((file.Stages ?? file.Stage) is not { Count: > 0 } stages)
            return (null, "it has no \"stages\"");
        if (stages.FirstOrDefault(stage => StageOf(stage) is null) is { } unknown)
            return (null, $"stage \"{unknown}\" is not known");
        return (new HookRule
        {
            Hook = new Hook { Path = file.Hook, Args = file.Arguments is null ? null : [file.Hook, .. file.Arguments] },
            Stages = [.. stages.Select(stage => StageOf(stage)!.Value)], // checked
            OneIsEnough = true,
            Annotations = [
                .. (file.Annotations ?? file.Annotation ?? []).Select(value => (Pattern(".*"), Pattern(value)))],
            Commands = [.. (file.Cmds ?? file.Cmd ?? []).Select(Pattern)],
            HasBindMounts = file.HasBindMounts,
        }, null);
    }

    private static (HookRule? Rule, string? Problem) Of(HookFile file)
    {
        if (file.Version != "1.0.0")
            return (null, $"version \"{file.Version}\" is neither 1.0.0 nor 0.1.0");
        if (file.Hook?.Path is not ['/', ..])
            return (null, $"hook.path \"{file.Hook?.Path}\" is not absolute");
        if (file.When is not { } when)
            return (null, "it has no \"when\"");
        if (file.Stages is not { Count: > 0 } stages)
            return (null, "it has no \"stages\"");
        if (stages.FirstOrDefault(stage => StageOf(stage) is null) is { } unknown)
            return (null, $"stage \"{unknown}\" is not known");
        if (file.Hook.Timeout <= 0)
            return (null, "hook.timeout is not positive");
        return (new HookRule
        {
            Hook = new Hook
            {
                Path = file.Hook.Path,
                Args = file.Hook.Args,
                Env = file.Hook.Env,
                Timeout = file.Hook.Timeout
            },
            Stages = [.. stages.Select(stage => StageOf(stage)!.Value)], // checked
            Always = when.Always,
            Annotations = [.. (when.Annotations ?? new Dictionary<string, string>())
                .Select(pair => (Pattern(pair.Key), Pattern(pair.Value)))],
            Commands = [.. (when.Commands ?? []).Select(Pattern)],
            HasBindMounts = when.HasBindMounts,
        }, null);
    }

    private static HookStage? StageOf(string name) => name switch
    {
        "prestart" => HookStage.Prestart,
        "createRuntime" => HookStage.CreateRuntime,
        "createContainer" => HookStage.CreateContainer,
        "startContainer" => HookStage.StartContainer,
        "poststart" => HookStage.Poststart,
        "poststop" => HookStage.Poststop,
        _ => null,
    };

    /// <summary>
    /// Matched in a time that grows with the text alone, as the patterns of RE2 are, which other readers of these files
    /// take.
    /// </summary>
    private static Regex Pattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException error)
        {
            throw new NotSupportedException(
                $"pattern \"{text}\" cannot be matched in bounded time: {error.Message}", error);
        }
    }
}
