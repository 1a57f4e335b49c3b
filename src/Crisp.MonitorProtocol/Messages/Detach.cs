namespace Crisp.MonitorProtocol;

/// <summary>Daemon to monitor: an attach is over, and with it its input. No answer.</summary>
internal sealed record Detach(uint Attach) : MonitorMessage;
