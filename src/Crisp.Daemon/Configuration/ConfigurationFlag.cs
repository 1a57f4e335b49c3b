namespace Crisp.Daemon.Configuration;

/// <summary>A key of crio.conf as an option of the command line, by the name that cri-o gives it there.</summary>
/// <param name="Name">Without the dashes before it.</param>
/// <param name="Table">Where the key stands; empty for an option that no file has.</param>
/// <param name="Key">Its name in the files.</param>
internal sealed record ConfigurationFlag(string Name, string Table, string Key)
{
    /// <summary>A letter that says the same, behind one dash.</summary>
    public char? Letter { get; init; }

    /// <summary>Given alone it is true; another value needs <c>=</c>.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The environment's name for it.</summary>
    public string Variable => "CONTAINER_" + Name.ToUpperInvariant().Replace('-', '_');
}
