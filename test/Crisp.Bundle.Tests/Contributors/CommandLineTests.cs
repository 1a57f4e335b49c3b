namespace Crisp.Bundle.Tests.Contributors;

/// <summary>The table of "Define a Command and Arguments for a Container" in the Kubernetes documentation.</summary>
public class CommandLineTests
{
    private static readonly string[] Entrypoint = ["/ep-1"];
    private static readonly string[] Cmd = ["foo", "bar"];

    [TestCase(new string[0], new string[0], new[] { "/ep-1", "foo", "bar" })]
    [TestCase(new[] { "/ep-2" }, new string[0], new[] { "/ep-2" })]
    [TestCase(new string[0], new[] { "zoo", "boo" }, new[] { "/ep-1", "zoo", "boo" })]
    [TestCase(new[] { "/ep-2" }, new[] { "zoo", "boo" }, new[] { "/ep-2", "zoo", "boo" })]
    public void Build_CommandAndArgs_OverrideTheImage(string[] command, string[] args, string[] expected) =>
        Assert.That(Args(Input(command, args, Entrypoint, Cmd)), Is.EqualTo(expected));

    [Test]
    public void Build_NoEntrypoint_RunsCmd() => Assert.That(Args(Input([], [], [], Cmd)), Is.EqualTo(Cmd));

    [Test]
    public void Build_NothingToRun_IsRefused() =>
        Refusal.Invalid(() => BundleBuilder.Build(Input([], [], [], [])), "nothing to run");

    [Test]
    public void Build_EmptyProgram_IsRefused() =>
        Refusal.Invalid(() => BundleBuilder.Build(Input([""], [], Entrypoint, Cmd)), "nothing to run");

    [Test]
    public void Build_ArgumentWithNul_IsRefused() =>
        Refusal.Invalid(() => BundleBuilder.Build(Input(["a", "b\0c"], [], Entrypoint, Cmd)), "NUL");

    [Test]
    public void Build_MoreThanTheKernelTakes_IsRefused()
    {
        var args = Enumerable.Repeat(new string('x', 100_000), 25).ToArray();
        Refusal.Invalid(() => BundleBuilder.Build(Input(["a"], args, Entrypoint, Cmd)), "the kernel allows");
        Refusal.Invalid(
            () => BundleBuilder.Build(Input([new string('x', 200_000)], [], Entrypoint, Cmd)), "longer than");
    }

    private static BundleInput Input(string[] command, string[] args, string[] entrypoint, string[] cmd)
    {
        var input = Sample.Input(container =>
        {
            container.Command.Add(command);
            container.Args.Add(args);
        });
        return input with { Image = Sample.Image(entrypoint, cmd) };
    }

    private static IReadOnlyList<string>? Args(BundleInput input) =>
        BundleBuilder.Build(input).Spec.Process!.Args; // always set
}
