namespace Crisp.OciRuntime;

/// <summary>A runtime call, ready to be made by somebody else.</summary>
public sealed record RuntimeArguments(string Program, IReadOnlyList<string> Arguments);
