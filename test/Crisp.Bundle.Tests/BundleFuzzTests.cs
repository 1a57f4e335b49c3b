using Crisp.Bundle.SELinux;
using Crisp.Errors;
using Crisp.OciSpec.Image;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Bundle.Tests;

/// <summary>
/// Random requests, valid and not: the answer is a spec, or InvalidArgument or Unimplemented, and never anything else.
/// The seed is in the message; give it to reproduce.
/// </summary>
public class BundleFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly FieldDescriptor[][] ContainerLeaves = [
        .. RequestFields.Leaves(Cri.ContainerConfig.Descriptor)];
    private static readonly FieldDescriptor[][] PodLeaves = [.. RequestFields.Leaves(Cri.PodSandboxConfig.Descriptor)];

    [Test]
    public void Build_AnyRequest_GivesASpecOrARefusal([Values(1, 2, 3, 4)] int block)
    {
        var specs = 0;
        for (var seed = block * Rounds; seed < (block + 1) * Rounds; seed++)
        {
            try
            {
                specs += TryBuild(new Random(seed)) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }

        Assert.That(specs, Is.GreaterThan(Rounds / 50), "nearly everything was refused: the generator is too wild");
    }

    private static bool TryBuild(Random random)
    {
        try
        {
            var input = Generate(random);
            PodConfigValidation.Validate(input.Pod, input.Host);
            var resolved = input with { User = UserResolution.Resolve(
                input.Container.Linux?.SecurityContext, input.Image.Config?.User, null, null) };
            CheckSpec(BundleBuilder.Build(resolved).Spec);
            return true;
        }
        catch (CrispException e) when (e.Kind is ErrorKind.InvalidArgument or ErrorKind.Unimplemented)
        {
            return false;
        }
    }

    private static BundleInput Generate(Random random)
    {
        HostFacts[] hosts = [Sample.Host, Sample.PoorHost, Sample.Host with
        {
            Controllers = new HashSet<string>(),
            AppArmor = true,
            SELinux = new SELinuxHost("u:r:t:s0", "u:r:f:s0")
        }];
        var input = Sample.Input(
            container => Mutate(container, ContainerLeaves, random), pod => Mutate(pod, PodLeaves, random));
        return input with
        {
            Host = hosts[random.Next(hosts.Length)],
            Image = new ImageConfig { Config = random.Next(4) == 0 ? null : RandomImage(random) },
            PodPaths = Sample.Paths with { PidNs = random.Next(2) == 0 ? "/proc/1/ns/pid" : null },
        };
    }

    private static void Mutate(IMessage message, FieldDescriptor[][] leaves, Random random)
    {
        for (var i = random.Next(4); i > 0; i--)
            RequestFields.Set(message, leaves[random.Next(leaves.Length)], field => HostileValues.Of(field, random));
    }

    private static ImageConfigProcess RandomImage(Random random) => new()
    {
        User = random.Next(3) == 0 ? HostileValues.Text(random) : null,
        Env = random.Next(3) == 0 ? [HostileValues.Text(random)] : null,
        Entrypoint = ["/bin/program"],
        WorkingDir = random.Next(3) == 0 ? HostileValues.Text(random) : null,
        StopSignal = random.Next(3) == 0 ? HostileValues.Text(random) : null,
    };

    /// <summary>What the OCI runtime spec demands of a config.json, and what no request may ever bring about.</summary>
    private static void CheckSpec(Oci.Spec spec)
    {
        Assert.That(spec.Process!.Cwd, Does.StartWith("/")); // always set, as the rest below
        Assert.That(spec.Process.Args, Is.Not.Empty);
        Assert.That(spec.Process.Env, Has.All.Contains("="));
        Assert.That(spec.Mounts!.Select(mount => mount.Destination), Is.Unique.And.All.StartsWith("/"));
        Assert.That(spec.Linux!.Namespaces!.Select(ns => ns.Type), Is.Unique);
        Assert.That(spec.Process.User.AdditionalGids, Does.Contain(spec.Process.User.Gid));
        Assert.That(spec.Annotations!.Keys.Any(key => key.StartsWith("run.oci.", StringComparison.Ordinal)), Is.False);
        Assert.That(spec.Process.OomScoreAdj, Is.InRange(-1000, 1000));
        Assert.That(OciSchema.Violations(spec), Is.Empty);
    }
}
