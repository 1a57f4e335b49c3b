using Runtime.V1;

namespace Crisp.Ctl.Documents;

/// <summary>container-config.json or .yaml: a ContainerConfig by its protobuf names.</summary>
internal static class ContainerDocument
{
    internal static ContainerConfig Load(string path, TextWriter warnings)
    {
        var config = MessageDocument.Load(path, ContainerConfig.Parser, ContainerConfig.Descriptor, warnings);
        if (string.IsNullOrEmpty(config.Metadata?.Name)) throw new CtlException($"{path}: metadata.name is missing");
        if (string.IsNullOrEmpty(config.Image?.Image)) throw new CtlException($"{path}: image.image is missing");
        if (config.Image.UserSpecifiedImage.Length == 0) config.Image.UserSpecifiedImage = config.Image.Image;
        return config;
    }
}
