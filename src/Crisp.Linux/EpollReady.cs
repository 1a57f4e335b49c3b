namespace Crisp.Linux;

/// <summary>One descriptor that is ready, by the token it was added with.</summary>
public readonly record struct EpollReady(ulong Token, EpollEvents Events);
