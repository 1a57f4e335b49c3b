namespace Crisp.Testing.Images;

/// <summary>A layer as a registry serves it, and the digest of the tar within.</summary>
public sealed record LayerBlob(string MediaType, byte[] Bytes, string DiffId)
{
    public string Digest { get; } = TestImage.DigestOf(Bytes);

    public LayerBlob AsDockerSchema2() => this with
    {
        MediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip",
    };
}
