namespace Crisp.MonitorProtocol;

/// <summary>Daemon to monitor, once, on the connection it was started with.</summary>
internal sealed record LaunchContainer(MonitorLaunch Launch) : MonitorMessage;
