using Crisp.Cni.Configuration;
using Crisp.Errors;

namespace Crisp.Cni.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PodCidrTemplateTests
{
    private const string Text = """
        {"cniVersion": "1.0.0", "name": "pods", "plugins": [{"type": "bridge", "note": "{{.PodCIDR}}",
         "ipam": {"type": "host-local", "ranges": {{.PodCIDRRanges}}, "routes": {{.Routes}}}}]}
        """;

    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("crisp-cidr-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Apply_WritesAConfigurationOfBothFamilies()
    {
        Template(Text).Apply("10.1.2.0/24,fd00:1::/64");

        var written = File.ReadAllText(Path.Combine(_directory, "net.d", PodCidrTemplate.FileName));
        Assert.That(NetworkConfigurationList.Parse(
            File.ReadAllBytes(Path.Combine(_directory, "net.d", PodCidrTemplate.FileName))).Name, Is.EqualTo("pods"));
        Assert.That(written, Does.Contain("""[[{"subnet":"10.1.2.0/24"}],[{"subnet":"fd00:1::/64"}]]"""));
        Assert.That(written, Does.Contain("""[{"dst":"0.0.0.0/0"},{"dst":"::/0"}]"""));
        Assert.That(written, Does.Contain("\"note\": \"10.1.2.0/24\""));
    }

    [TestCase("10.1.2.0")]
    [TestCase("10.1.2.0/33")]
    [TestCase("pods/24")]
    [TestCase("10.1.2.0/24,\"}/8")]
    public void Apply_NoRange_IsInvalidAndWritesNothing(string podCidr)
    {
        var refusal = Assert.Throws<CrispException>(() => Template(Text).Apply(podCidr));
        Assert.That(refusal?.Kind, Is.EqualTo(ErrorKind.InvalidArgument));
        Assert.That(Directory.Exists(Path.Combine(_directory, "net.d")), Is.False);
    }

    [TestCase("not JSON {{.PodCIDR}}")]
    [TestCase("{}")]
    public void Apply_ATemplateThatMakesNoConfiguration_IsNamed(string text)
    {
        var refusal = Assert.Throws<CrispException>(() => Template(text).Apply("10.1.2.0/24"));
        Assert.That(refusal?.Kind, Is.EqualTo(ErrorKind.FailedPrecondition));
        Assert.That(refusal?.Message, Does.Contain("cni_template"));
    }

    [Test]
    public void Apply_WithoutATemplate_WritesNothing()
    {
        new PodCidrTemplate("", Path.Combine(_directory, "net.d")).Apply("10.1.2.0/24");
        Assert.That(Directory.Exists(Path.Combine(_directory, "net.d")), Is.False);
    }

    private PodCidrTemplate Template(string text)
    {
        var file = Path.Combine(_directory, "template");
        File.WriteAllText(file, text);
        return new PodCidrTemplate(file, Path.Combine(_directory, "net.d"));
    }
}
