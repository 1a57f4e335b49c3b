using System.Reflection;
using Google.Protobuf.Reflection;
using NUnit.Framework.Interfaces;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// The table of <see cref="RpcProofs"/> names every RPC of every generation once, and tests that are there and run.
/// </summary>
public sealed class RpcProofTests
{
    [Test]
    public void EveryRpcOfEveryGeneration_IsInTheTable_Once()
    {
        var described =
            new[]
            {
                global::Runtime.V1.VersionRequest.Descriptor.File,
                global::Runtime.V1Alpha2.VersionRequest.Descriptor.File,
                global::Runtime.Legacy.VersionRequest.Descriptor.File,
            }
            .SelectMany(file => file.Services).SelectMany(service => service.Methods).Select(NameOf)
            .Concat(RpcProofs.AddedToLegacy.Select(rpc => $"{RpcProof.Legacy}.{rpc}"));

        Assert.That(RpcProofs.All.SelectMany(proof => proof.Packages, (proof, package) => $"{package}.{proof.Rpc}"),
            Is.EquivalentTo(described));
    }

    [TestCaseSource(typeof(RpcProofs), nameof(RpcProofs.All))]
    public void Proof_NamesTestsThatRun_InEachOfItsGenerations(RpcProof proof)
    {
        Assert.Multiple(() =>
        {
            foreach (var test in (MethodInfo[])[proof.Does, proof.Refuses])
            {
                Assert.That(test.GetCustomAttributes()
                    .Any(attribute => attribute is ITestBuilder or ISimpleTestBuilder), $"{test.Name} is a test");
                Assert.That(IsLeftOut(test)
                    || IsLeftOut(test.DeclaringType!), Is.False, $"{test.Name} runs"); // a method has a type
                if (proof.Packages.Count > 1)
                    Assert.That(proof.Packages.Select(package => RpcProof.Generations[package])
                        .Except(GenerationsOf(test)), Is.Empty, $"{test.Name} does not run in");
            }

            Assert.That(proof.Does, Is.Not.EqualTo(proof.Refuses));
        });
    }

    private static string NameOf(MethodDescriptor rpc) => $"{rpc.Service.FullName}/{rpc.Name}";

    private static bool IsLeftOut(MemberInfo member) =>
        member.GetCustomAttributes().Any(attribute => attribute is IgnoreAttribute or ExplicitAttribute);

    /// <summary>
    /// All of an unfiltered parameter's values, or those that its cases name; a test over the table has all.
    /// </summary>
    private static IEnumerable<Generation> GenerationsOf(MethodInfo test)
    {
        var parameters = test.GetParameters();
        if (test.DeclaringType == typeof(EveryRpcTests)
            || parameters.Any(parameter => parameter.ParameterType == typeof(Generation)
                && parameter.GetCustomAttribute<ValuesAttribute>() is not null))
            return Enum.GetValues<Generation>();
        return test.GetCustomAttributes<TestCaseAttribute>().SelectMany(test => test.Arguments).OfType<Generation>();
    }
}
