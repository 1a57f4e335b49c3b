using System.Text.Json;
using Crisp.OciSpec.Image;

namespace Crisp.OciSpec.Tests.Image;

public sealed class ImageSpecJsonTests
{
    [Test]
    public void Config_OfDocker_IsRead()
    {
        var config = JsonSerializer.Deserialize(
            """
            {"architecture":"arm64","variant":"v8","os":"linux","os.version":"1","config":{"Hostname":"x","User":"1:2","ExposedPorts":{"80/tcp":{}},
            "Env":["A=b"],"Entrypoint":null,"Cmd":["sh","-c"],"Volumes":{"/data":{},"/more":null},"WorkingDir":"/w","Labels":{"l":"v"},
            "StopSignal":"SIGTERM","OnBuild":null,"Healthcheck":{"Test":["x"]}},"rootfs":{"type":"layers",
            "diff_ids":["sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]},
            "history":[{"created":"2026-01-01T00:00:00.123456789Z","created_by":"sh","empty_layer":true}],"created":"0001-01-01"}
            """, ImageSpecJson.Default.ImageConfig);
        Assert.Multiple(() =>
        {
            Assert.That(config?.Config?.User, Is.EqualTo("1:2"));
            Assert.That(config?.Config?.Volumes?.Keys, Is.EqualTo((string[])["/data", "/more"]));
            Assert.That(config?.Config?.ExposedPorts?.Keys, Is.EqualTo((string[])["80/tcp"]));
            Assert.That(config?.Config?.Cmd, Is.EqualTo((string[])["sh", "-c"]));
            Assert.That(config?.RootFs?.DiffIds, Has.Count.EqualTo(1));
            Assert.That(config?.History?[0].EmptyLayer, Is.True);
            Assert.That(config?.OsVersion, Is.EqualTo("1"));
        });
    }

    [TestCase("""{"rootfs":{"diff_ids":["sha256:../x"]}}""")]
    [TestCase("""{"rootfs":{"diff_ids":[5]}}""")]
    [TestCase("""{"rootfs":{}}""")]
    [TestCase("""{"config":[]}""")]
    public void Config_Malformed_IsRefused(string text) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, ImageSpecJson.Default.ImageConfig), text);

    [Test]
    public void Descriptor_IsWrittenAsTheSpecificationSpellsIt()
    {
        var index = new ImageIndex
        {
            SchemaVersion = 2,
            Manifests =
            [
                new Descriptor
                {
                    MediaType = MediaTypes.OciManifest,
                    Digest = Digest.Sha256Of([]),
                    Size = 7,
                    Platform = new Platform { Architecture = "arm", Os = "linux", Variant = "v7" },
                },
            ],
        };
        Assert.That(
            JsonSerializer.Serialize(index, ImageSpecJson.Default.ImageIndex),
            Is.EqualTo(
                """{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":7,"platform":{"architecture":"arm","os":"linux","variant":"v7"}}]}"""));
    }
}
