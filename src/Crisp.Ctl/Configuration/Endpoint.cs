namespace Crisp.Ctl.Configuration;

/// <summary>The unix socket of a CRI service, as "unix:///path" or a bare path.</summary>
internal sealed record Endpoint(string Path)
{
    /// <summary>Tried in this order when nothing is configured.</summary>
    internal static IReadOnlyList<Endpoint> Defaults { get; } =
        [new("/run/crisp/crisp.sock"), new("/run/containerd/containerd.sock"), new("/run/crio/crio.sock")];

    internal static Endpoint Parse(string text)
    {
        var path = text.StartsWith("unix://", StringComparison.Ordinal) ? text["unix://".Length..]
            : text.StartsWith("unix:", StringComparison.Ordinal) ? text["unix:".Length..]
            : text;
        return path.StartsWith('/')
            ? new Endpoint(path)
            : throw new CtlException(
                $"\"{text}\" is not the address of a unix socket; write it as unix:///run/crisp/crisp.sock");
    }

    public override string ToString() => $"unix://{Path}";
}
