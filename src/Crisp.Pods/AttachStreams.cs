namespace Crisp.Pods;

/// <summary>Which of a container's streams an attach is to have.</summary>
public sealed record AttachStreams(bool Stdin, bool Stdout, bool Stderr);
