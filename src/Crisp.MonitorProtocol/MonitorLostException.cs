using Crisp.Errors;

namespace Crisp.MonitorProtocol;

/// <summary>The monitor of a container is gone and left no exit record.</summary>
public sealed class MonitorLostException(string message) : CrispException(ErrorKind.Internal, message);
