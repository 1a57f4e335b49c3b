using Crisp.Cni;
using Crisp.Images;
using Crisp.Linux;
using Microsoft.Extensions.Logging;

namespace Crisp.Pods;

/// <summary>What the daemon has opened already and pods stand on.</summary>
public sealed record PodsDependencies
{
    public required ImageStore Images { get; init; }

    public required CniNetworks Networks { get; init; }

    public required CniClient Cni { get; init; }

    public required EventLoop Loop { get; init; }

    public required ProgramRunner Programs { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
