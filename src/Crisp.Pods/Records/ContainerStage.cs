using System.Text.Json.Serialization;

namespace Crisp.Pods.Records;

/// <summary>
/// How far a container has come. What a daemon finds in an unfinished stage it takes to the end of it.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContainerStage>))]
internal enum ContainerStage
{
    /// <summary>Being made; a later daemon undoes it.</summary>
    Creating,

    Created,

    /// <summary>The runtime's start was called, its answer is not on record; a later daemon asks the runtime.</summary>
    Starting,

    Running,

    /// <summary>The exit is on record; the runtime's state and the mounts may still be there.</summary>
    Exited,

    /// <summary>Only records and content are left.</summary>
    Released,

    /// <summary>Being removed; a later daemon goes on.</summary>
    Removing,
}
