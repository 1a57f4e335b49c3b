namespace Crisp.Cni.Results;

/// <summary>An interface that plugins made: inside the pod if it names a sandbox, on the host otherwise.</summary>
/// <param name="Name">As the kernel knows it.</param>
/// <param name="Mac">The hardware address; empty if the plugin did not say.</param>
/// <param name="Sandbox">The path of the network namespace; empty on the host.</param>
public sealed record CniInterface(string Name, string Mac, string Sandbox);
