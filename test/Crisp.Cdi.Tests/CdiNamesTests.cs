using Crisp.Errors;

namespace Crisp.Cdi.Tests;

public class CdiNamesTests
{
    [Test]
    public void Of_FieldAndAnnotations_EachOnce() =>
        Assert.That(
            CdiNames.Of(
                ["v.com/gpu=0"], [new("cdi.k8s.io/plugin_1", "v.com/gpu=1,v.com/gpu=0"), new("other", "v.com/gpu=2")]),
            Is.EqualTo(new[] { "v.com/gpu=0", "v.com/gpu=1" }));

    [TestCase("")]
    [TestCase("gpu")]
    [TestCase("v.com/gpu")]
    [TestCase("v.com/gpu=")]
    [TestCase("/gpu=0")]
    [TestCase("v.com/=0")]
    [TestCase("1v.com/gpu=0")]
    [TestCase("v.com/gpu=../0")]
    [TestCase("v.com/gpu=0\n")]
    [TestCase("v.com/gpu=a b")]
    public void Of_WhatIsNoName_IsRefused(string name) =>
        Assert.That(
            () => CdiNames.Of([name], []),
            Throws.InstanceOf<CrispException>()
                .With.Property(nameof(CrispException.Kind)).EqualTo(ErrorKind.InvalidArgument));

    [Test]
    public void Of_AnnotationThatHoldsNoName_IsRefusedByItsKey() =>
        Assert.That(() => CdiNames.Of([], [new("cdi.k8s.io/x", "nonsense")]),
            Throws.InstanceOf<CrispException>().With.Message.Contains("cdi.k8s.io/x"));
}
