using System.Globalization;
using Runtime.V1;

namespace Crisp.Pods.Identity;

/// <summary>The name under which an object is unique on the node; its parts cannot run into each other.</summary>
internal sealed class ObjectName
{
    private const char Separator = '\0';

    private readonly string _description;

    private ObjectName(string description, params ReadOnlySpan<string> parts)
    {
        _description = description;
        Key = string.Join(Separator, parts);
    }

    internal string Key { get; }

    internal static ObjectName OfPod(PodSandboxMetadata pod) => new(
        $"pod sandbox \"{pod.Name}\" of namespace \"{pod.Namespace}\", attempt {pod.Attempt},",
        pod.Namespace, pod.Name, pod.Uid, pod.Attempt.ToString(CultureInfo.InvariantCulture));

    internal static ObjectName OfContainer(string podId, ContainerMetadata container) => new(
        $"container \"{container.Name}\" of pod sandbox {podId}, attempt {container.Attempt},",
        podId, container.Name, container.Attempt.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => _description;
}
