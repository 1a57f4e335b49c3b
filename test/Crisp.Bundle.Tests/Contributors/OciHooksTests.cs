using System.Text.RegularExpressions;
using Crisp.Bundle.Hooks;
using Crisp.Errors;

namespace Crisp.Bundle.Tests.Contributors;

public class OciHooksTests
{
    private static readonly HookRule Always = new()
    {
        Hook = new Oci.Hook { Path = "/hook" },
        Stages = [HookStage.Prestart, HookStage.Poststop],
        Always = true,
    };

    [Test]
    public void Build_AMatchingRule_IsCalledAtItsStages()
    {
        var hooks = Build(Always)!;

        Assert.That(hooks.Prestart!.Single().Path, Is.EqualTo("/hook"));
        Assert.That(hooks.Poststop!.Single().Path, Is.EqualTo("/hook"));
        Assert.That(hooks.CreateRuntime, Is.Null);
    }

    [Test]
    public void Build_NoMatchingRule_LeavesHooksOut() => Assert.That(Build(Always with { Always = false }), Is.Null);

    [TestCase("^vendor\\.com/", "^yes$", ExpectedResult = true)]
    [TestCase("^vendor\\.com/", "^no$", ExpectedResult = false)]
    [TestCase("^other\\.com/", "^yes$", ExpectedResult = false)]
    public bool Build_Annotation_MatchesByNameAndValue(string name, string value) =>
        Build(Always with { Always = null, Annotations = [(new Regex(name), new Regex(value))] }) is not null;

    [Test]
    public void Build_TheRulesOfCdiComeFirst()
    {
        var cdi = new Oci.Hooks { Prestart = [new Oci.Hook { Path = "/cdi" }] };

        var spec = BundleBuilder.Build(Input(Always) with { Edits = new SpecEdits { Hooks = cdi } }).Spec;

        Assert.That(spec.Hooks!.Prestart!.Select(hook => hook.Path), Is.EqualTo(new[] { "/cdi", "/hook" }));
    }

    [Test]
    public void Build_APatternThatWouldTakeForEver_IsRefused()
    {
        var slow = Always with
        {
            Always = null,
            Annotations = [(new Regex("slow"), new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(10)))],
        };
        var input = Input(slow);
        input.Pod.Annotations["slow"] = new string('a', 100) + "b";

        Assert.That(
            () => BundleBuilder.Build(input), Throws.InstanceOf<CrispException>().With.Message.Contains("^(a+)+$"));
    }

    private static Oci.Hooks? Build(HookRule rule) => BundleBuilder.Build(Input(rule)).Spec.Hooks;

    private static BundleInput Input(HookRule rule) =>
        Sample.Input(pod: pod => pod.Annotations["vendor.com/gpu"] = "yes") with { Hooks = [rule] };
}
