namespace Crisp.Pods.Identity;

/// <summary>What a name is reserved for.</summary>
internal interface INamed : IIdentified
{
    /// <summary>Whether a caller was given the ID. Kept in the record, so that a restart does not forget it.</summary>
    bool Answered { get; }

    void RecordAnswered(bool answered);
}
