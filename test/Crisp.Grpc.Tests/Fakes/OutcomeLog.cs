using System.Collections;
using Crisp.Grpc.Server;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>What the server told of its calls, and a way to wait for more of it.</summary>
internal sealed class OutcomeLog : IEnumerable<CallOutcome>
{
    private readonly Lock _lock = new();
    private readonly List<CallOutcome> _outcomes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(CallOutcome outcome)
    {
        lock (_lock)
        {
            _outcomes.Add(outcome);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async Task<CallOutcome> WaitForAsync(Predicate<CallOutcome> wanted, CancellationToken timeout)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
                if (_outcomes.Find(wanted) is { } outcome)
                {
                    return outcome;
                }
            }

            await changed.WaitAsync(timeout);
        }
    }

    public IEnumerator<CallOutcome> GetEnumerator()
    {
        lock (_lock)
        {
            return _outcomes.ToList().GetEnumerator();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
