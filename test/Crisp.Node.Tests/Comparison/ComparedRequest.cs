namespace Crisp.Node.Tests.Comparison;

/// <summary>A pod with one container, as kubelet would ask for it, and the image that it is made from.</summary>
public sealed record ComparedRequest(string Name, PodSandboxConfig Pod, ContainerConfig Container)
{
    public override string ToString() => Name;
}
