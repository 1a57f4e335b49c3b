namespace Crisp.OciRuntime;

/// <summary>What the runtime says of a container. The pid is 0 when it is stopped.</summary>
public sealed record RuntimeState(string Id, RuntimeStatus Status, int Pid, string Bundle);
