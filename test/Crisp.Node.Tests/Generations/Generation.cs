namespace Crisp.Node.Tests.Generations;

/// <summary>The API that a client speaks.</summary>
public enum Generation
{
    V1,
    V1Alpha2,
    Legacy,
}
