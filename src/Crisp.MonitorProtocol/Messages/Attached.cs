namespace Crisp.MonitorProtocol;

/// <summary>
/// Monitor to daemon: the descriptors of an attach come with this message, one for each bit, lowest bit first.
/// </summary>
internal sealed record Attached(uint Id, StreamKinds Given) : MonitorMessage;
