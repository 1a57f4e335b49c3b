using Crisp.OciRuntime;

namespace Crisp.Pods;

/// <summary>
/// Whether containers can be made with the default handler as the host stands; the reason is one word.
/// </summary>
public sealed record RuntimeReadiness(bool Ready, string Reason, string Message)
{
    /// <param name="handler">The default.</param>
    /// <param name="splitControllers">The cgroup controllers of v2 on a host whose others are of v1.</param>
    public static RuntimeReadiness Of(HandlerFeatures handler, IReadOnlyList<string> splitControllers) =>
        handler.RefusesSplitCgroups && splitControllers.Count > 0
            ? new(false, "CgroupsSplit",
                $"the default runtime {handler.Name} makes no containers while cgroup v2 has controllers ({string.Join(", ", splitControllers)}) "
                + $"beside those of v1: {RuntimeRemedies.SplitCgroups}")
            : new(true, "", "");
}
