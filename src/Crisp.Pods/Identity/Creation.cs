using Crisp.Errors;
using Google.Protobuf;

namespace Crisp.Pods.Identity;

/// <summary>
/// The making of one object, and the holder of its name from then on. It goes on without its callers: they join it,
/// and leave when their patience ends. The first of them that is still there when it is done gets the ID; if all have
/// gone, the next equal request gets it; for everybody else the name is taken.
/// </summary>
internal sealed class Creation(ObjectName name, string id, IMessage request)
{
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource<string>> _waiting = [];
    private IMessage? _request = request;
    private INamed? _unclaimed;
    private bool _over;

    internal string Id => id;

    /// <summary>What is being done at the moment, for whoever has to wait; such as "step 5: attach the network".</summary>
    internal string Step { get; private set => Volatile.Write(ref field, value); } = "step 1: start";

    /// <summary>The work itself; it never faults.</summary>
    internal Task Making { get; set; } = Task.CompletedTask;

    internal void Enter(string step) => Step = step;

    /// <summary>Waits for the ID; throws when the caller's time is up, naming the step.</summary>
    internal async Task<string> JoinAsync(IMessage asked, CancellationToken patience)
    {
        TaskCompletionSource<string> waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_request is null || !_request.Equals(asked))
                throw NameTaken();
            if (_unclaimed is not null)
                return Claim(_unclaimed);
            _waiting.Add(waiter);
        }

        await using (patience.Register(() => waiter.TrySetException(StillWorking())))
            return await waiter.Task.ConfigureAwait(false);
    }

    /// <summary>The object is made: hands its ID to the first caller that is still there, or keeps it for the next.</summary>
    internal void Complete(INamed made)
    {
        lock (_gate)
        {
            _over = true;
            made.RememberAnswered(_waiting.Exists(waiter => !waiter.Task.IsCompleted)); // before anybody can look
            bool taken = _waiting.Exists(waiter => waiter.TrySetResult(id));
            _waiting.ForEach(waiter => waiter.TrySetException(NameTaken()));
            _waiting.Clear();
            Keep(made, taken);
        }
    }

    /// <summary>The making failed and was undone; false when no caller is left to be told.</summary>
    internal bool Fail(Exception error)
    {
        Exception told = error is OperationCanceledException ? GivenUp(error) : error;
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
        Keep(made, made.Answered);
    }

    private void Keep(INamed made, bool answered)
    {
        _unclaimed = answered ? null : made;
        _request = answered ? null : _request;
        if (made.Answered != answered)
            made.RememberAnswered(answered);
    }

    private string Claim(INamed made)
    {
        Keep(made, answered: true);
        return id;
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
