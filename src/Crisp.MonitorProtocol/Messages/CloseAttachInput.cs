namespace Crisp.MonitorProtocol;

/// <summary>Daemon to monitor: an attach will write no more; its output goes on. No answer.</summary>
internal sealed record CloseAttachInput(uint Attach) : MonitorMessage;
