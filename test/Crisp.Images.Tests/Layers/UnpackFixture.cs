using System.Security.Cryptography;
using Crisp.Images.Layers;
using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images.Tests.Layers;

/// <summary>Unpacks archives into a directory that has something worth protecting beside it.</summary>
public abstract class UnpackFixture
{
    private protected string Root { get; private set; } = "";

    private protected string Diff => $"{Root}/diff";

    [SetUp]
    public void MakeRoot()
    {
        Assert.That(Environment.UserName, Is.EqualTo("root"), "owners, devices and overlay attributes need root");
        Root = Directory.CreateTempSubdirectory("crisp-unpack-").FullName;
        Directory.CreateDirectory(Diff);
        Directory.CreateDirectory($"{Root}/outside");
        File.WriteAllText($"{Root}/outside/secret", "secret");
        File.SetUnixFileMode($"{Root}/outside/secret", UnixFileMode.UserRead);
    }

    [TearDown]
    public void CheckOutside()
    {
        if (Root.Length == 0) return;
        Assert.That(Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName),
            Is.EquivalentTo((string[])["diff", "outside"]));
        Assert.That(Directory.EnumerateFileSystemEntries($"{Root}/outside").Select(Path.GetFileName),
            Is.EqualTo((string[])["secret"]));
        Assert.That(File.ReadAllText($"{Root}/outside/secret"), Is.EqualTo("secret"));
        Assert.That(File.GetUnixFileMode($"{Root}/outside/secret"), Is.EqualTo(UnixFileMode.UserRead));
        Assert.That(FileStatus.Of($"{Root}/outside/secret")?.Links, Is.EqualTo(1));
        TreeRemoval.Remove(Root);
        Assert.That(Directory.Exists(Root), Is.False);
    }

    private protected LayerContent Unpack(byte[] tar, Limits? limits = null) => LayerUnpacker.Unpack(
        new MemoryStream(tar), Diff, DigestAlgorithm.Sha256,
        limits ?? new Limits { UnpackedLayerBytes = 64 << 20, LayerEntries = 1000 }, CancellationToken.None);

    private protected static string Hex(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
