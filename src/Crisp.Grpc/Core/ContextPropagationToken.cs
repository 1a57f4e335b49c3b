namespace Grpc.Core;

/// <summary>A server call's deadline and cancellation on their way to another call; crisp calls nobody.</summary>
public abstract class ContextPropagationToken
{
}
