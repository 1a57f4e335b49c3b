using Grpc.Core;
using Grpc.Reflection.V1;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>
/// The one service of ours with streams both ways: answers each question with its host, and notes how the questions
/// ended.
/// </summary>
internal sealed class FakeConversation : ServerReflection.ServerReflectionBase
{
    private readonly TaskCompletionSource<string> _end = new();

    private readonly TaskCompletionSource _firstQuestion = new();

    public Task FirstQuestion => _firstQuestion.Task;

    public Task<string> End => _end.Task;

    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        try
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                _firstQuestion.TrySetResult();
                if (requestStream.Current.Host == "fail")
                {
                    throw new RpcException(new Status(StatusCode.FailedPrecondition, "asked to"));
                }

                await responseStream.WriteAsync(
                    new ServerReflectionResponse { ValidHost = requestStream.Current.Host });
            }

            _end.SetResult("finished");
        }
        catch (Exception end)
        {
            _end.SetResult(end.GetType().Name);
            throw;
        }
    }
}
