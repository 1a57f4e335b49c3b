namespace Crisp.MonitorProtocol;

/// <summary>
/// Monitor to daemon: create has failed, the reason in the OCI runtime's words or in the monitor's; the monitor ends.
/// </summary>
internal sealed record CreateFailed(string Reason, bool IsByRuntime) : MonitorMessage;
