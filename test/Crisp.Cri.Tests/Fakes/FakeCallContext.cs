using Grpc.Core;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>A call as the services see it, with a token and a deadline of the test's choice.</summary>
internal sealed class FakeCallContext(CancellationToken cancellation = default) : ServerCallContext
{
    public DateTime CallDeadline { get; init; } = DateTime.MaxValue;

    protected override string MethodCore => "/runtime.v1.RuntimeService/Any";

    protected override string HostCore => "localhost";

    public string From { get; init; } = "unix:";

    protected override string PeerCore => From;

    protected override DateTime DeadlineCore => CallDeadline;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => cancellation;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();
}
