using Crisp.Cri.Generations.Legacy;
using Crisp.Images;
using Crisp.Pods;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Events;
using Crisp.Pods.Metrics;
using Crisp.Pods.Stats;
using Crisp.Streaming;
using Microsoft.Extensions.Logging;

namespace Crisp.Cri;

/// <summary>All that the two services stand on; each RPC takes from it only what it needs.</summary>
public sealed record CriDependencies
{
    public required IPods Pods { get; init; }

    public required IContainers Containers { get; init; }

    public required IContainerStats Stats { get; init; }

    public required IPodStats PodStats { get; init; }

    public required IPodMetrics PodMetrics { get; init; }

    public required IContainerEvents Events { get; init; }

    /// <summary>False: GetContainerEvents ends at once, as cri-o's does where events are switched off.</summary>
    public bool EventsEnabled { get; init; } = true;

    public required ICheckpoints Checkpoints { get; init; }

    public required ImageStore Images { get; init; }

    public required IStreamUrls Streams { get; init; }

    public required NodeFacts Node { get; init; }

    public LegacyOptions Legacy { get; init; } = new();

    public required ILoggerFactory Loggers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
