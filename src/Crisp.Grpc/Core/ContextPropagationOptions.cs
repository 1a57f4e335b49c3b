namespace Grpc.Core;

/// <summary>What of a server call shall govern the calls made for it.</summary>
public class ContextPropagationOptions
{
    public bool IsPropagateDeadline { get; init; } = true;

    public bool IsPropagateCancellation { get; init; } = true;
}
