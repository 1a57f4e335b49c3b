using Crisp.Errors;

namespace Crisp.MonitorProtocol;

/// <summary>The other end sent something that is no message of this protocol.</summary>
public sealed class MonitorProtocolException(string message) : CrispException(ErrorKind.Internal, message);
