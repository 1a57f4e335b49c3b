namespace Crisp.Ctl.Verbs;

/// <summary>The table of contents.</summary>
internal static class VerbList
{
    internal static IReadOnlyList<Verb> All { get; } =
    [
        new Attach(), new Checkpoint(), new Completion(), new Config(), new Create(), new Events(), new Exec(),
        new ImageFsInfo(), new Images(),
        new Info(), new Inspect(), new InspectImage(), new InspectPod(), new Logs(), new MetricDescriptors(),
        new PodMetrics(), new Pods(), new PortForward(), new Ps(), new Pull(), new Remove(), new RemoveImage(),
        new RemovePod(),
        new Run(), new RunPod(), new ShowRuntimeConfig(), new Start(), new Stats(), new PodStatistics(),
        new Stop(), new StopPod(), new Update(), new UpdateRuntimeConfig(), new Version(),
    ];

    internal static Verb Find(string name) =>
        All.FirstOrDefault(verb => verb.Name == name || verb.Aliases.Contains(name))
        ?? throw new CommandLine.UsageException($"there is no verb \"{name}\"");
}
