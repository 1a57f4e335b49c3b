using Runtime.V1;

namespace Crisp.Ctl.Documents;

/// <summary>pod-config.json or .yaml: a PodSandboxConfig by its protobuf names.</summary>
internal static class PodDocument
{
    internal static PodSandboxConfig Load(string path, TextWriter warnings)
    {
        var config = MessageDocument.Load(path, PodSandboxConfig.Parser, PodSandboxConfig.Descriptor, warnings);
        if (config.Metadata is null) throw new CtlException($"{path}: metadata is missing");
        if (config.Metadata.Name.Length == 0) throw new CtlException($"{path}: metadata.name is missing");
        if (config.Metadata.Namespace.Length == 0) throw new CtlException($"{path}: metadata.namespace is missing");
        if (config.Metadata.Uid.Length == 0) config.Metadata.Uid = Guid.NewGuid().ToString();
        return config;
    }
}
