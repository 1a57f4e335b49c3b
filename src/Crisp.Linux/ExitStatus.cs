namespace Crisp.Linux;

/// <summary>How a process ended: with an exit code, or by a signal (the code is then 0).</summary>
public readonly record struct ExitStatus(int Code, int? Signal)
{
    /// <summary>It ended by itself with code 0.</summary>
    public bool Succeeded => Signal is null && Code == 0;

    /// <summary>The one number shells and CRI report: the code, or 128 + the signal.</summary>
    public int ToShellCode() => Signal is { } signal ? 128 + signal : Code;

    public override string ToString() =>
        Signal is { } signal ? $"killed by {Signals.NameOf(signal)}" : $"exit code {Code}";
}
