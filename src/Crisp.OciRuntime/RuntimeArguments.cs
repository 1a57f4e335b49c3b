namespace Crisp.OciRuntime;

/// <summary>A runtime call, ready to be made by somebody else, at once.</summary>
/// <param name="Program">The runtime's path, which is argv[0].</param>
/// <param name="Executable">What is executed in its place; null: nothing else.</param>
/// <param name="Arguments">The rest of argv.</param>
public sealed record RuntimeArguments(string Program, string? Executable, IReadOnlyList<string> Arguments);
