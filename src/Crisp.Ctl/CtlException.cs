namespace Crisp.Ctl;

/// <summary>Something the user can read and act on; printed as one line, exit code 1.</summary>
internal class CtlException(string message, Exception? innerException = null) : Exception(message, innerException);
