namespace Crisp.Ctl.CommandLine;

/// <summary>A command line that says what cannot be; the verb's help is pointed to.</summary>
internal sealed class UsageException(string message) : CtlException(message);
