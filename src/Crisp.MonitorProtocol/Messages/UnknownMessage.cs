namespace Crisp.MonitorProtocol;

/// <summary>
/// A message younger than this program. A request (id not 0) is answered by ENOSYS, the rest ignored.
/// </summary>
internal sealed record UnknownMessage(ushort Type, uint Id) : MonitorMessage;
