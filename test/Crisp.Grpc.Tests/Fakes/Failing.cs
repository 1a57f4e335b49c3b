using Grpc.Core;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>Calls that must not succeed.</summary>
internal static class Failing
{
    public static async Task<RpcException> RpcAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RpcException failure)
        {
            return failure;
        }

        throw new AssertionException("the call succeeded");
    }
}
