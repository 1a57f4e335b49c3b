namespace Crisp.Bundle.Tests.Contributors;

/// <summary>No annotation of a pod reaches the runtime's, systemd's or criu's controls (CVE-2024-3154).</summary>
public class AnnotationsTests
{
    [TestCase("org.systemd.property.ExecStart")]
    [TestCase("org.criu.config")]
    [TestCase("run.oci.handler")]
    [TestCase("RUN.OCI.hooks.stderr")]
    [TestCase("module.wasm.image/variant")]
    [TestCase("krun.ram_mib")]
    [TestCase("bundle")]
    [TestCase("io.kubernetes.cri-o.ContainerType")]
    [TestCase("io.kubernetes.cri.sandbox-id")]
    [TestCase("vendor.control.x")]
    [TestCase("bundle\0x", Description = "C reads \"bundle\"")]
    public void Build_AnnotationThatSteers_IsTakenOut(string key)
    {
        var input = With(key) with { Runtime = Sample.Runtime with { UnsafeAnnotations = ["vendor.control."] } };
        Assert.That(Annotations(input).Values, Does.Not.Contain("evil"));
    }

    [Test]
    public void Build_AllowedByTheHandler_Passes()
    {
        var input = With("run.oci.keep_original_groups") with
        {
            Runtime = Sample.Runtime with { AllowedAnnotations = ["run.oci.keep_original_groups"] },
        };
        Assert.That(Annotations(input)["run.oci.keep_original_groups"], Is.EqualTo("evil"));
    }

    [Test]
    public void Build_AllowedName_IsNoPrefix() // CVE-2023-6476
    {
        var input =
            With("run.oci.keepX") with { Runtime = Sample.Runtime with { AllowedAnnotations = ["run.oci.keep"] } };
        Assert.That(Annotations(input).Values, Does.Not.Contain("evil"));
    }

    [Test]
    public void Build_HarmlessOnes_Pass_ContainersOverPods()
    {
        var input = Sample.Input(
            container => container.Annotations.Add("example.com/a", "container"),
            pod => pod.Annotations.Add(
                new Dictionary<string, string> { ["example.com/a"] = "pod", ["example.com/b"] = "pod" }));
        Assert.That(Annotations(input)["example.com/a"], Is.EqualTo("container"));
        Assert.That(Annotations(input)["example.com/b"], Is.EqualTo("pod"));
    }

    [TestCase("registry/app:1", ExpectedResult = "registry/app:1")]
    [TestCase("", ExpectedResult = "sha256:1d")]
    public string Build_NamesTheImage_AsItsUserDid(string specified) => Annotations(Sample.Input(
        container => container.Image = new()
        {
            Image = "sha256:1d",
            UserSpecifiedImage = specified
        }))["io.kubernetes.cri.image-name"];

    private static BundleInput With(string key) => Sample.Input(
        container => container.Annotations.Add(key, "evil"), pod => pod.Annotations.Add(key, "evil"));

    private static IReadOnlyDictionary<string, string> Annotations(BundleInput input) =>
        BundleBuilder.Build(input).Spec.Annotations!; // always set
}
