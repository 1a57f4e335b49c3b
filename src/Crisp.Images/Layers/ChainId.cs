using System.Text;
using Crisp.OciSpec;

namespace Crisp.Images.Layers;

/// <summary>image-spec config.md#layer-chainid: a layer named together with all that lie beneath it.</summary>
internal static class ChainId
{
    public static IReadOnlyList<Digest> Of(IReadOnlyList<Digest> diffIds)
    {
        var chain = new Digest[diffIds.Count];
        for (var i = 0; i < chain.Length; i++)
            chain[i] = i == 0 ? diffIds[0] : Digest.Sha256Of(Encoding.ASCII.GetBytes($"{chain[i - 1]} {diffIds[i]}"));
        return chain;
    }
}
