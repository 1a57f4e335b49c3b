using Crisp.Errors;

namespace Crisp.Bundle.Tests.Validation;

public class ResourceClassRulesTests
{
    [TestCase("io.kubernetes.cri.rdt-class")]
    [TestCase("rdt.resources.beta.kubernetes.io/pod")]
    [TestCase("rdt.resources.beta.kubernetes.io/container.nginx")]
    [TestCase("io.kubernetes.cri.blockio-class")]
    [TestCase("blockio.resources.beta.kubernetes.io/pod")]
    public void Refuse_AClassOfThePod_SaysSo(string annotation)
    {
        Cri.PodSandboxConfig pod = Sample.Pod();
        pod.Annotations[annotation] = "gold";

        Assert.That(
            () => ContainerConfigValidation.Validate(Sample.Container(), pod),
            Throws.InstanceOf<CrispException>().With.Message.Contains(annotation));
    }

    [Test]
    public void Refuse_AClassOfAnotherContainer_IsNoneOfThisOnes()
    {
        Cri.PodSandboxConfig pod = Sample.Pod();
        pod.Annotations["rdt.resources.beta.kubernetes.io/container.nginx-sidecar"] = "gold";

        Assert.That(() => ContainerConfigValidation.Validate(Sample.Container(), pod), Throws.Nothing);
    }
}
