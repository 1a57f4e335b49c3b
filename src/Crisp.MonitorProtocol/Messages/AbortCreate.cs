namespace Crisp.MonitorProtocol;

/// <summary>Daemon to monitor: kill the runtime's create, whose caller has given up.</summary>
internal sealed record AbortCreate : MonitorMessage;
