using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Verbs;
using Runtime.V1;

namespace Crisp.Ctl.Selection;

/// <summary>The pods that the options of pods and inspectp mean, newest first.</summary>
internal static class PodSelection
{
    internal static IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("name", null, "Filter by pod name, a regular expression"),
        Flag.Text("namespace", null, "Filter by pod namespace, a regular expression"),
        Flag.Text("state", 's', "Filter by state: ready or notready"),
        Flag.Texts("label", null, "Filter by label, key=value"),
        Flag.Switch("latest", 'l', "Only the newest pod"),
        Flag.Number("last", 'n', "Only so many of the newest pods"),
    ];

    internal static async Task<IReadOnlyList<PodSandbox>> ListAsync(Invocation call, string id, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ListPodSandboxRequest { Filter = Filter(call.Flags, id) };
        var answer = await call.CallAsync(
            "ListPodSandbox", options => runtime.ListPodSandboxAsync(request, options), ct);

        var name = new NamePattern(call.Flags.Text("name"));
        var podNamespace = new NamePattern(call.Flags.Text("namespace"));
        return Newest.Of(
            answer.Items.Where(pod =>
                name.Matches(pod.Metadata?.Name ?? "") && podNamespace.Matches(pod.Metadata?.Namespace ?? "")),
            pod => pod.CreatedAt,
            call.Flags);
    }

    private static PodSandboxFilter Filter(ParsedFlags flags, string id)
    {
        var filter = new PodSandboxFilter { Id = id };
        filter.LabelSelector.Add(Labels.Parse(flags.Texts("label")).ToDictionary());
        if (flags.Text("state") is { Length: > 0 } state)
            filter.State = new PodSandboxStateValue { State = ParseState(state) };
        return filter;
    }

    private static PodSandboxState ParseState(string text) => text.ToLowerInvariant() switch
    {
        "ready" => PodSandboxState.SandboxReady,
        "notready" => PodSandboxState.SandboxNotready,
        _ => throw new UsageException($"--state is ready or notready, not \"{text}\""),
    };
}
