namespace Crisp.Monitor.Attachers;

/// <summary>How it stands with an attacher's stream after a write.</summary>
internal enum AttachedOutputState
{
    Open,

    /// <summary>Nobody reads any more.</summary>
    ReaderGone,

    /// <summary>Its reader has fallen behind by more than is kept for it.</summary>
    TooSlow,
}
