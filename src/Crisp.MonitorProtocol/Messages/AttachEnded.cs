namespace Crisp.MonitorProtocol;

/// <summary>Monitor to daemon: nothing more comes to an attach, which need not be detached.</summary>
internal sealed record AttachEnded(uint Attach, bool WasTooSlow) : MonitorMessage;
