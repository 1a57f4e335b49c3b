namespace Crisp.OciSpec.Image;

/// <summary>Annotation keys of the image specification (annotations.md) that crisp reads or writes.</summary>
public static class AnnotationKeys
{
    /// <summary>In index.json: the name of the image a descriptor stands for.</summary>
    public const string RefName = "org.opencontainers.image.ref.name";
}
