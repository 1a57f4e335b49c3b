namespace Crisp.Bundle.Contributors;

/// <summary>
/// Annotations of config.json: the pod's, the container's over them, the handler's, and ours that say what the
/// container is. Those by which a pod could steer the runtime, systemd or criu are taken out (CVE-2024-3154).
/// </summary>
internal static class Annotations
{
    private const string Internal = "io.kubernetes.cri-o.";

    /// <summary>Exact names, or prefixes where they end in a dot.</summary>
    private static readonly string[] Unsafe =
    [
        "bundle", "org.systemd.property.", "org.criu.", "run.oci.", "module.wasm.", "krun.", "io.crun.",
        "io.kubernetes.cri.", "io.container.", Internal,
    ];

    public static IReadOnlyDictionary<string, string> Build(BundleInput input)
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> entry in input.Pod.Annotations.Concat(input.Container.Annotations))
        {
            if (entry.Key.Length > 0 && IsHarmless(entry.Key, input.Runtime))
                annotations[entry.Key] = entry.Value;
        }

        foreach (KeyValuePair<string, string> entry in input.Runtime.DefaultAnnotations.Concat(Identity(input))
            .Concat(SystemdProperties.Build(input)))
            annotations[entry.Key] = entry.Value;
        return annotations;
    }

    private static bool IsHarmless(string key, RuntimeFacts runtime) =>
        !key.Contains('\0') // a runtime written in C reads another key: what stands before it
        && (runtime.AllowedAnnotations.Contains(key)
            || !Unsafe.Concat(runtime.UnsafeAnnotations).Any(forbidden => Matches(key, forbidden)));

    private static bool Matches(string key, string forbidden) =>
        forbidden.EndsWith('.') ? key.StartsWith(forbidden, StringComparison.OrdinalIgnoreCase)
            : key.Equals(forbidden, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// What hooks, podman, sandboxing runtimes and forensic tools look for, in cri-o's words and in containerd's.
    /// </summary>
    private static Dictionary<string, string> Identity(BundleInput input)
    {
        Cri.PodSandboxMetadata pod = input.Pod.Metadata;
        Cri.ContainerMetadata container = input.Container.Metadata;
        var podName = $"{pod.Name}_{pod.Namespace}_{pod.Uid}";
        return new Dictionary<string, string>
        {
            ["io.container.manager"] = "crisp",
            ["io.kubernetes.cri.container-type"] = "container",
            ["io.kubernetes.cri.container-name"] = container.Name,
            ["io.kubernetes.cri.image-name"] = ImageName(input.Container.Image),
            ["io.kubernetes.cri.sandbox-id"] = input.PodId,
            ["io.kubernetes.cri.sandbox-name"] = pod.Name,
            ["io.kubernetes.cri.sandbox-namespace"] = pod.Namespace,
            ["io.kubernetes.cri.sandbox-uid"] = pod.Uid,
            [$"{Internal}ContainerType"] = "container",
            [$"{Internal}ContainerID"] = input.ContainerId,
            [$"{Internal}ContainerName"] = $"k8s_{container.Name}_{podName}_{container.Attempt}",
            [$"{Internal}SandboxID"] = input.PodId,
            [$"{Internal}SandboxName"] = $"k8s_{podName}_{pod.Attempt}",
            [$"{Internal}KubeName"] = pod.Name,
            [$"{Internal}Namespace"] = pod.Namespace,
        };
    }

    /// <summary>As the pod's author wrote it; kubelet's own word is the image's ID.</summary>
    private static string ImageName(Cri.ImageSpec? image) =>
        image is null ? "" : image.UserSpecifiedImage.Length > 0 ? image.UserSpecifiedImage : image.Image;
}
