namespace Crisp.OciSpec;

/// <summary>The registered digest algorithms (image-spec descriptor.md#registered-algorithms).</summary>
public enum DigestAlgorithm
{
    Sha256,
    Sha512,
}
