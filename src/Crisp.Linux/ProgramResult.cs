namespace Crisp.Linux;

/// <summary>
/// How a program ended and what it wrote; <c>Truncated</c> when either stream was longer than allowed.
/// </summary>
public sealed record ProgramResult(ExitStatus Exit, byte[] Stdout, byte[] Stderr, bool Truncated);
