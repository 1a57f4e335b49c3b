namespace Crisp.Cni;

/// <summary>What CNI_COMMAND may say (SPEC.md, section 2).</summary>
internal static class CniVerb
{
    internal const string Add = "ADD";

    internal const string Check = "CHECK";

    internal const string Delete = "DEL";

    internal const string Status = "STATUS";

    internal const string CollectGarbage = "GC";
}
