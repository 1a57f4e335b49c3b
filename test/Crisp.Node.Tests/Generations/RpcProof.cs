using System.Reflection;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// Which tests show that an RPC does what it is for, and that it refuses what it has to: in some generations, by name.
/// </summary>
/// <param name="Packages">Of its generations.</param>
/// <param name="Rpc">SERVICE/METHOD.</param>
/// <param name="Does">Asserts a change of state, or a value that two different inputs make different.</param>
/// <param name="Refuses">Asserts that bad input is refused, or finds nothing.</param>
public sealed record RpcProof(IReadOnlyList<string> Packages, string Rpc, MethodInfo Does, MethodInfo Refuses)
{
    public const string V1 = "runtime.v1";
    public const string V1Alpha2 = "runtime.v1alpha2";
    public const string Legacy = "runtime";

    /// <summary>What of a test says which generation it is about.</summary>
    public static readonly IReadOnlyDictionary<string, Generation> Generations = new Dictionary<string, Generation>
    {
        [V1] = Generation.V1, [V1Alpha2] = Generation.V1Alpha2, [Legacy] = Generation.Legacy,
    };

    public override string ToString() => $"{string.Join(", ", Packages)}: {Rpc}";

    public static MethodInfo Test<T>(string name) =>
        typeof(T).GetMethod(name, BindingFlags.Public | BindingFlags.Instance)
            ?? throw new ArgumentException($"{typeof(T).Name} has no test {name}");
}
