namespace Crisp.MonitorProtocol;

/// <summary>
/// Daemon to monitor: send a signal to the container's first process. Answered by <see cref="RequestResult"/>.
/// </summary>
internal sealed record SignalContainer(uint Id, int Signal) : MonitorMessage;
