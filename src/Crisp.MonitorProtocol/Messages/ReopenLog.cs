namespace Crisp.MonitorProtocol;

/// <summary>Daemon to monitor: go on in a new log file of the same name. Answered when that is open.</summary>
internal sealed record ReopenLog(uint Id) : MonitorMessage;
