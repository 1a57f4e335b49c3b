namespace Crisp.MonitorProtocol;

/// <summary>Monitor to daemon: create has failed; the monitor ends.</summary>
internal sealed record CreateFailed(string Reason) : MonitorMessage;
