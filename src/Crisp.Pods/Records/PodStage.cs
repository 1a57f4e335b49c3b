using System.Text.Json.Serialization;

namespace Crisp.Pods.Records;

/// <summary>How far a pod has come. What a daemon finds in an unfinished stage it takes to the end of it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PodStage>))]
internal enum PodStage
{
    /// <summary>Being made; a later daemon undoes it.</summary>
    Creating,

    Ready,

    /// <summary>Its init died: NotReady, and waiting to be stopped.</summary>
    Failed,

    /// <summary>Being stopped; a later daemon goes on.</summary>
    Stopping,

    Stopped,

    /// <summary>Being removed; a later daemon goes on.</summary>
    Removing,
}
