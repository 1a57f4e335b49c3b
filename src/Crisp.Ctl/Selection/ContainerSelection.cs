using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Verbs;
using Runtime.V1;

namespace Crisp.Ctl.Selection;

/// <summary>The containers that the options of ps, inspect and exec mean, newest first.</summary>
internal static class ContainerSelection
{
    internal static IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("name", null, "Filter by container name, a regular expression"),
        Flag.Text("namespace", null, "Filter by pod namespace, a regular expression"),
        Flag.Text("pod", 'p', "Filter by pod ID"),
        Flag.Text("image", null, "Filter by image"),
        Flag.Text("state", 's', "Filter by state: created, running, exited or unknown"),
        Flag.Texts("label", null, "Filter by label, key=value"),
        Flag.Switch("latest", 'l', "Only the newest container, whatever its state"),
        Flag.Number("last", 'n', "Only so many of the newest containers, whatever their state"),
        Flag.Switch("all", 'a', "Containers in every state, not only running ones"),
    ];

    /// <summary>
    /// Those with which exec chooses: crictl's, where -s is --sync and only running containers are of use.
    /// </summary>
    internal static IReadOnlyList<Flag> ExecFlags { get; } =
        [.. Flags.Where(flag => flag.Name != "all")
            .Select(flag => flag.Name == "state" ? flag with { Letter = null } : flag)];

    internal static async Task<IReadOnlyList<Container>> ListAsync(Invocation call, string id, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ListContainersRequest { Filter = Filter(call.Flags, id) };
        var answer = await call.CallAsync(
            "ListContainers", options => runtime.ListContainersAsync(request, options), ct);

        var name = new NamePattern(call.Flags.Text("name"));
        var podNamespace = new NamePattern(call.Flags.Text("namespace"));
        var isWantedImage = await ImageMatch.CreateAsync(call, call.Flags.Text("image"), ct);
        var selected = new List<Container>();
        foreach (var container in answer.Containers)
            if (name.Matches(container.Metadata?.Name ?? "")
                && podNamespace.Matches(Labels.Of(container.Labels, Labels.PodNamespace))
                && await isWantedImage(container.Image?.Image ?? ""))
                selected.Add(container);
        return Newest.Of(selected, container => container.CreatedAt, call.Flags);
    }

    private static ContainerFilter Filter(ParsedFlags flags, string id)
    {
        var filter = new ContainerFilter { Id = id, PodSandboxId = flags.Text("pod") };
        filter.LabelSelector.Add(Labels.Parse(flags.Texts("label")).ToDictionary());
        var state = flags.Text("state");
        if (Newest.IsAsked(flags)) return filter;
        if (state.Length > 0) filter.State = new ContainerStateValue { State = ParseState(state) };
        else if (!flags.Knows("all") || !flags.Switch("all"))
            filter.State = new ContainerStateValue { State = ContainerState.ContainerRunning };
        return filter;
    }

    private static ContainerState ParseState(string text) => text.ToLowerInvariant() switch
    {
        "created" => ContainerState.ContainerCreated,
        "running" => ContainerState.ContainerRunning,
        "exited" => ContainerState.ContainerExited,
        "unknown" => ContainerState.ContainerUnknown,
        _ => throw new UsageException($"--state is created, running, exited or unknown, not \"{text}\""),
    };
}
