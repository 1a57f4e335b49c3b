using Crisp.Bundle.Contributors;

namespace Crisp.Bundle.Tests.Contributors;

public class ProcessUmaskTests
{
    [TestCase("umask.crio.io", "umask.crio.io", "077", 63u)]
    [TestCase("io.kubernetes.cri-o.umask", "umask.crio.io", "0022", 18u)]
    [TestCase("umask.crio.io", "devices.crio.io", "077", null)]
    public void Umask_IsTheAnnotations_WhereTheHandlerAllowsIt(string name, string allowed, string value, uint? mask)
    {
        Assert.That(ProcessUmask.Build(Input(name, allowed, value)), Is.EqualTo(mask));
    }

    [TestCase("")]
    [TestCase("8")]
    [TestCase("00777")]
    [TestCase("-1")]
    public void Umask_ThatIsNoMask_IsRefused(string value) =>
        Refusal.Invalid(() => ProcessUmask.Build(Input("umask.crio.io", "umask.crio.io", value)), "umask.crio.io");

    private static BundleInput Input(string name, string allowed, string value)
    {
        var input = Sample.Input();
        input.Pod.Annotations[name] = value;
        return input with { Runtime = input.Runtime with { AllowedAnnotations = [allowed] } };
    }
}
