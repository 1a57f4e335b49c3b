using Crisp.Pods.Identity;

namespace Crisp.Pods.Tests.Fakes;

/// <summary>An object that remembers, in memory, whether its ID was handed out.</summary>
internal sealed class NamedObject(string id) : INamed
{
    public string Id => id;

    public bool Answered { get; set; }

    public void RememberAnswered(bool answered) => Answered = answered;
}
