namespace Crisp.Linux;

/// <summary>One event: what happened, and to which name in the watched directory (empty: to itself).</summary>
public readonly record struct InotifyChange(InotifyEvents Events, string Name);
