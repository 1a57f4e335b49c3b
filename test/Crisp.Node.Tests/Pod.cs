namespace Crisp.Node.Tests;

/// <summary>A pod that a test runs: its ID, and what was asked for.</summary>
public sealed record Pod(string Id, PodSandboxConfig Config);
