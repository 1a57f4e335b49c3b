namespace Crisp.Pods.Identity;

/// <summary>What a name is reserved for.</summary>
internal interface INamed : IIdentified
{
    /// <summary>
    /// Whether a caller was given the ID. The record on disk says so from the next change on, no sooner: a daemon that
    /// is killed now may die before the answer has left, and then the caller, asking again, must get the same ID.
    /// </summary>
    bool Answered { get; }

    void RememberAnswered(bool answered);
}
