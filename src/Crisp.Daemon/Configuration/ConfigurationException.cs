using Crisp.Errors;

namespace Crisp.Daemon.Configuration;

/// <summary>The configuration cannot be used; the one sentence names file, line and key.</summary>
internal sealed class ConfigurationException(string message, Exception? inner = null)
    : CrispException(ErrorKind.InvalidArgument, message, inner);
