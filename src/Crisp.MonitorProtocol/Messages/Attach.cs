namespace Crisp.MonitorProtocol;

/// <summary>
/// Daemon to monitor: copy the container's output to me, let me write its input. Answered by <see cref="Attached"/>.
/// </summary>
internal sealed record Attach(uint Id, StreamKinds Wanted) : MonitorMessage;
