using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// Memory, and memory with swap together (as CRI and OCI both count it). Where swap can be limited and the request says
/// nothing, the container gets none, as CRI-O does.
/// </summary>
internal static class MemoryLimits
{
    public static Oci.MemoryResources? Build(
        Cri.LinuxContainerResources asked, HostFacts host, RuntimeFacts runtime, Notes notes)
    {
        long limit = asked.MemoryLimitInBytes;
        long swap = asked.MemorySwapLimitInBytes;
        if (limit == 0 && swap == 0)
            return null;
        ContainerResources.RequireController(host, "memory", "memory_limit_in_bytes");
        Check(limit, swap, runtime);
        if (host.SwapLimit)
            return new Oci.MemoryResources { Limit = limit == 0 ? null : limit, Swap = swap == 0 ? limit : swap };
        if (swap != 0 && swap != limit)
            notes.Add("memory_swap_limit_in_bytes is left out: this host cannot limit swap");
        return limit == 0 ? null : new Oci.MemoryResources { Limit = limit };
    }

    private static void Check(long limit, long swap, RuntimeFacts runtime)
    {
        if (limit > 0 && limit < runtime.MinimumMemoryBytes)
        {
            throw CrispException.InvalidArgument("memory_limit_in_bytes",
                $"{limit} is too low: the runtime needs {runtime.MinimumMemoryBytes} bytes to start a container");
        }

        if (swap > 0 && swap < limit)
        {
            throw CrispException.InvalidArgument("memory_swap_limit_in_bytes",
                $"{swap} is lower than memory_limit_in_bytes, {limit}, which it includes");
        }
    }
}
