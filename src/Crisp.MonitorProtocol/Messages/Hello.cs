namespace Crisp.MonitorProtocol;

/// <summary>The first message of both ends: the newest version of the protocol that each speaks.</summary>
internal sealed record Hello(ushort Version) : MonitorMessage;
