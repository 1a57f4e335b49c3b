using Crisp.Errors;
using Google.Protobuf;

namespace Crisp.Pods.Identity;

/// <summary>
/// The making of one object, and the holder of its name from then on. It goes on without its callers: they join it,
/// and leave when their patience ends. The last of them that is still there when it is done gets the ID, since a client
/// that asks again has left its former call; if all have gone, the next equal request gets it; for everybody else the
/// name is taken.
/// </summary>
internal sealed class Creation(ObjectName name, string id, IMessage request)
{
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource<string>> _waiting = [];
    private IMessage? _request = request; // null: answered
    private INamed? _made;
    private bool _over;

    internal string Id => id;

    /// <summary>
    /// What is being done at the moment, for whoever has to wait; such as "step 5: attach the network".
    /// </summary>
    internal string Step { get; private set => Volatile.Write(ref field, value); } = "step 1: start";

    /// <summary>The work itself; it never faults.</summary>
    internal Task Making { get; set; } = Task.CompletedTask;

    internal void Enter(string step) => Step = step;

    /// <summary>Waits for the ID; throws when the caller's time is up, naming the step.</summary>
    internal async Task<string> JoinAsync(IMessage asked, CancellationToken patience)
    {
        var waiter = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_request is null || !_request.Equals(asked))
                throw NameTaken();
            _waiting.Add(waiter);
            if (_made is not null)
                HandOver(_made);
        }

        await using (patience.Register(() => waiter.TrySetException(StillWorking())))
            await waiter.Task.ConfigureAwait(false);
        return patience.IsCancellationRequested ? throw ComeBack(asked) : id;
    }

    /// <summary>
    /// The object is made: hands its ID to the last caller that is still there, or keeps it for the next.
    /// </summary>
    internal void Complete(INamed made)
    {
        lock (_gate)
        {
            _over = true;
            HandOver(made);
        }
    }

    /// <summary>The making failed and was undone; false when no caller is left to be told.</summary>
    internal bool Fail(Exception error)
    {
        var told = error is OperationCanceledException ? GivenUp(error) : error;
        lock (_gate)
        {
            _over = true;
            return _waiting.FindAll(waiter => waiter.TrySetException(told)) is not [];
        }
    }

    /// <summary>An object that a former daemon made: as if its callers had come and gone.</summary>
    internal void Restore(INamed made)
    {
        _over = true;
        Keep(made, made.Answered ? null : _request);
    }

    /// <summary>
    /// The caller went away between the hand-over and its answer: what it does not get, its retry does.
    /// </summary>
    private CrispException ComeBack(IMessage asked)
    {
        lock (_gate)
            Keep(_made!, asked);
        return new CrispException(
            ErrorKind.DeadlineExceeded, $"{name} is made with the ID {id}; retry the same request");
    }

    private void HandOver(INamed made)
    {
        made.RememberAnswered(_waiting.Exists(waiter => !waiter.Task.IsCompleted)); // before anybody can look
        var taken = Enumerable.Reverse(_waiting).Any(waiter => waiter.TrySetResult(id));
        _waiting.ForEach(waiter => waiter.TrySetException(NameTaken()));
        _waiting.Clear();
        Keep(made, taken ? null : _request);
    }

    private void Keep(INamed made, IMessage? unanswered)
    {
        _made = made;
        _request = unanswered;
        var answered = unanswered is null;
        if (made.Answered != answered)
            made.RememberAnswered(answered);
    }

    private CrispException NameTaken() => new(ErrorKind.AlreadyExists, _over
        ? $"{name} exists already with the ID {id}"
        : $"{name} is being made already with the ID {id} ({Step})");

    /// <summary>No caller cancels a making: only its own bound does.</summary>
    private CrispException GivenUp(Exception error) => new(
        ErrorKind.DeadlineExceeded, $"{name} took too long to make and was undone; it hung in {Step}", error);

    private CrispException StillWorking() => new(
        ErrorKind.DeadlineExceeded, $"{name} is still being made with the ID {id} ({Step}); retry the same request");
}
