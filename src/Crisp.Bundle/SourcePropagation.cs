namespace Crisp.Bundle;

/// <summary>
/// The optional fields of a mountinfo line that decide what a bind of it can offer (man 7 mount_namespaces).
/// </summary>
public enum SourcePropagation
{
    /// <summary>Neither "shared:N" nor "master:N": no mount ever travels in or out.</summary>
    Private,

    /// <summary>"master:N": mounts travel in only.</summary>
    Slave,

    /// <summary>"shared:N": mounts travel both ways.</summary>
    Shared,
}
