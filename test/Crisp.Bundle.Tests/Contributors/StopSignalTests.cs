namespace Crisp.Bundle.Tests.Contributors;

public class StopSignalTests
{
    [TestCase(Cri.Signal.RuntimeDefault, null, "SIGTERM")]
    [TestCase(Cri.Signal.RuntimeDefault, "SIGQUIT", "SIGQUIT")]
    [TestCase(Cri.Signal.RuntimeDefault, "quit", "SIGQUIT")]
    [TestCase(Cri.Signal.RuntimeDefault, "3", "3")]
    [TestCase(Cri.Signal.RuntimeDefault, "SIGRTMIN+3", "SIGRTMIN+3")]
    [TestCase(Cri.Signal.Sigusr1, "SIGQUIT", "SIGUSR1")]
    [TestCase(Cri.Signal.Sigrtmaxminus14, null, "SIGRTMAX-14")]
    public void Choose_RequestThenImageThenDefault(Cri.Signal asked, string? image, string expected)
    {
        var input =
            Sample.Input(container => container.StopSignal = asked) with { Image = Sample.Image(stopSignal: image) };
        Assert.That(BundleBuilder.Build(input).StopSignal, Is.EqualTo(expected));
    }

    [TestCase("0")]
    [TestCase("65")]
    [TestCase("SIGNOTHING")]
    [TestCase("RUNTIMEDEFAULT")]
    public void Choose_ImageSignalThatIsNone_IsRefused(string image) =>
        Refusal.Invalid(
            () => BundleBuilder.Build(Sample.Input() with { Image = Sample.Image(stopSignal: image) }), "stop signal");
}
