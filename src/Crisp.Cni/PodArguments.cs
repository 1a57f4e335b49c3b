namespace Crisp.Cni;

/// <summary>The CNI_ARGS by which plugins find a Kubernetes pod; every CRI runtime sends these names.</summary>
public static class PodArguments
{
    public static IReadOnlyDictionary<string, string> Create(
        string podNamespace, string name, string uid, string sandboxId) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["IgnoreUnknown"] = "1",
            ["K8S_POD_NAMESPACE"] = podNamespace,
            ["K8S_POD_NAME"] = name,
            ["K8S_POD_INFRA_CONTAINER_ID"] = sandboxId,
            ["K8S_POD_UID"] = uid,
        };
}
