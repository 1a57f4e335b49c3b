using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Runtime;

/// <summary>The program to run in the container (config.md#process).</summary>
public sealed record Process
{
    public bool? Terminal { get; init; }

    public ConsoleSize? ConsoleSize { get; init; }

    public required User User { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>KEY=VALUE, in order.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Absolute, inside the container.</summary>
    public required string Cwd { get; init; }

    public ProcessCapabilities? Capabilities { get; init; }

    public IReadOnlyList<Rlimit>? Rlimits { get; init; }

    public bool? NoNewPrivileges { get; init; }

    public string? ApparmorProfile { get; init; }

    /// <summary>-1000 to 1000.</summary>
    public int? OomScoreAdj { get; init; }

    public Scheduler? Scheduler { get; init; }

    public string? SelinuxLabel { get; init; }

    public IoPriority? IoPriority { get; init; }

    /// <summary>CPU lists for processes that exec adds (1.3).</summary>
    [JsonPropertyName("execCPUAffinity")]
    public ExecCpuAffinity? ExecCpuAffinity { get; init; }
}
