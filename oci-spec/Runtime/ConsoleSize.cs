namespace Crisp.OciSpec.Runtime;

/// <summary>Rows and columns of the terminal.</summary>
public sealed record ConsoleSize
{
    public required uint Height { get; init; }

    public required uint Width { get; init; }
}
