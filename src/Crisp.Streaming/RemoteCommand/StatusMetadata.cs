namespace Crisp.Streaming.RemoteCommand;

/// <summary>Always there, always empty.</summary>
public sealed record StatusMetadata;
