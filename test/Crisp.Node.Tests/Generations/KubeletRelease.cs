namespace Crisp.Node.Tests.Generations;

/// <summary>A kubelet of some release, as far as it can be told from the other end of the socket.</summary>
/// <param name="Release">Of Kubernetes.</param>
/// <param name="Package">Of its services.</param>
/// <param name="Agent">Its grpc-go.</param>
/// <param name="Escapes">The socket's path is escaped where it stands as :authority.</param>
public sealed record KubeletRelease(int Release, string Package, string Agent, bool Escapes = false)
{
    /// <summary>proto2: pods have booleans, containers their security on themselves, every scalar is sent.</summary>
    public bool HasFirstLayout => Release == 5;

    public bool AsksStatus => Release >= 6;

    public bool AsksStats => Release >= 7;

    public bool AsksVerbosely => Release >= 8;

    /// <summary>A true of a boolean, and NODE of an enum.</summary>
    public long OfTheNode => Package == "runtime" ? 1 : 2;

    public override string ToString() => $"1.{Release}";
}
