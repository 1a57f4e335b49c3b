namespace Crisp.MonitorProtocol;

/// <summary>Daemon to monitor: the exit is known; the monitor ends.</summary>
internal sealed record AcknowledgeExit : MonitorMessage;
