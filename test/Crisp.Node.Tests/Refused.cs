using Grpc.Core;

namespace Crisp.Node.Tests;

/// <summary>Asserts on calls that have to fail, as the caller sees the failure.</summary>
public static class Refused
{
    /// <summary>The call fails with one of the codes, and its message holds every part.</summary>
    public static async Task WithAsync(StatusCode code, Func<Task> call, params string[] parts)
    {
        var refusal = await ExpectAsync(call);
        Assert.That(refusal.StatusCode, Is.EqualTo(code), refusal.Status.Detail);
        foreach (var part in parts)
            Assert.That(refusal.Status.Detail, Does.Contain(part).IgnoreCase);
    }

    /// <summary>The call fails, with whatever code.</summary>
    public static async Task<RpcException> ExpectAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RpcException refusal)
        {
            return refusal;
        }

        Assert.Fail("the call was accepted");
        throw new InvalidOperationException("unreachable");
    }
}
