using Crisp.Cri.Generations.Legacy;

namespace Crisp.Cri.Tests.Generations.Legacy;

public sealed class CallersTests
{
    [Test]
    public void Layout_IsTheLeastThatExplainsAllThatWasShown()
    {
        var callers = new Callers(configured: null);

        LegacyLayout?[] shown =
        [
            null, LegacyLayout.Kubernetes16, LegacyLayout.Kubernetes18, LegacyLayout.Kubernetes16, null,
            LegacyLayout.Kubernetes15, null,
        ];

        Assert.That(shown.Select(layout => callers.LayoutOf("kubelet", layout)), Is.EqualTo(new[]
        {
            LegacyLayout.Kubernetes15, LegacyLayout.Kubernetes16, LegacyLayout.Kubernetes18, LegacyLayout.Kubernetes18,
            LegacyLayout.Kubernetes18, LegacyLayout.Kubernetes15, LegacyLayout.Kubernetes15,
        }));
    }

    [Test]
    public void Configured_ExplainsWhatShowsNothing()
    {
        var callers = new Callers(LegacyLayout.Kubernetes17);

        Assert.That(callers.LayoutOf("kubelet", null), Is.EqualTo(LegacyLayout.Kubernetes17));
        Assert.That(callers.LayoutOf("kubelet", LegacyLayout.Kubernetes16), Is.EqualTo(LegacyLayout.Kubernetes17));
        Assert.That(callers.LayoutOf("kubelet", LegacyLayout.Kubernetes15), Is.EqualTo(LegacyLayout.Kubernetes15));
        Assert.That(callers.LayoutOf("kubelet", null), Is.EqualTo(LegacyLayout.Kubernetes17));
    }

    [Test]
    public void Memory_IsBounded()
    {
        var callers = new Callers(configured: null);
        callers.LayoutOf("kubelet", LegacyLayout.Kubernetes18);

        for (var tool = 0; tool < 1000; tool++)
            callers.LayoutOf($"tool {tool}", LegacyLayout.Kubernetes16);

        Assert.That(callers.LayoutOf("tool 999", null), Is.EqualTo(LegacyLayout.Kubernetes16));
        Assert.That(callers.LayoutOf("kubelet", null), Is.EqualTo(LegacyLayout.Kubernetes15), "forgotten");
    }
}
