using Google.Protobuf;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>The request that reached v1, and the answers that v1 will give.</summary>
internal sealed class Exchanges
{
    private readonly Dictionary<Type, IMessage> _answers = [];

    public IMessage? Request { get; private set; }

    public void WillAnswer(IMessage answer) => _answers[answer.GetType()] = answer;

    public Task<T> AnswerAsync<T>(IMessage request)
        where T : IMessage, new()
    {
        Request = request;
        return Task.FromResult(_answers.TryGetValue(typeof(T), out var answer) ? (T)answer : new T());
    }
}
