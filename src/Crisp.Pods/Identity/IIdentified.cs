namespace Crisp.Pods.Identity;

/// <summary>Something with an ID of its own.</summary>
internal interface IIdentified
{
    string Id { get; }
}
