using Crisp.Errors;
using Grpc.Core;

namespace Crisp.Cri.Tests;

public sealed class RpcErrorsTests
{
    [Test]
    public void EveryErrorKind_HasTheStatusCodeOfItsName([Values] ErrorKind kind)
    {
        var rpc = RpcErrors.ToRpc(new CrispException(kind, "what happened\n"), deadlinePassed: false);
        Assert.That(rpc.StatusCode.ToString(), Is.EqualTo(kind.ToString()));
        Assert.That(rpc.Status.Detail, Is.EqualTo("what happened"));
    }

    [TestCase(false, StatusCode.Cancelled)]
    [TestCase(true, StatusCode.DeadlineExceeded)]
    public void Cancellation_DependsOnTheDeadline(bool deadlinePassed, StatusCode expected) =>
        Assert.That(RpcErrors.ToRpc(new OperationCanceledException(), deadlinePassed).StatusCode, Is.EqualTo(expected));

    [TestCase(28)] // ENOSPC
    [TestCase(24)] // EMFILE
    public void ExhaustedNode_IsResourceExhausted(int errno)
    {
        var error = new IOException("No space left on device : '/x'", errno);
        Assert.That(RpcErrors.ToRpc(error, false).StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(RpcErrors.IsForeseen(error), Is.True);
    }

    [Test]
    public void OtherErrors_AreInternal() =>
        Assert.That(
            RpcErrors.ToRpc(new InvalidOperationException("x"), false).StatusCode, Is.EqualTo(StatusCode.Internal));
}
