using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Identity;

/// <summary>
/// Who holds which name. A name belongs to an object from the moment its making begins until the object is gone, and
/// with it to a <see cref="Creation"/> that says who may still ask for it.
/// </summary>
internal sealed class NameReservations(ILogger log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Creation> _byName = new(StringComparer.Ordinal);

    /// <summary>
    /// Makes the object under a new ID, or joins its making. <paramref name="make"/> runs to its end whatever becomes
    /// of the callers, on a task of its own; when it throws it has undone its work, and the name is free again.
    /// </summary>
    internal Task<string> MakeAsync(
        ObjectName name, IMessage request, Func<Creation, Task<INamed>> make, CancellationToken patience)
    {
        Creation creation;
        Task<string> answer;
        lock (_gate)
        {
            if (_byName.TryGetValue(name.Key, out var holder))
                return holder.JoinAsync(request, patience);
            creation = new Creation(name, ObjectId.New(), request);
            _byName.Add(name.Key, creation);
            answer = creation.JoinAsync(request, patience);
            creation.Making = Task.Run(() => RunAsync(name, creation, make), CancellationToken.None);
        }

        return answer;
    }

    /// <summary>Takes the name for an object that a former daemon made.</summary>
    internal void Restore(ObjectName name, IMessage request, INamed made)
    {
        var creation = new Creation(name, made.Id, request);
        creation.Restore(made);
        lock (_gate)
            _byName[name.Key] = creation;
    }

    internal void Release(ObjectName name, string id)
    {
        lock (_gate)
        {
            if (_byName.TryGetValue(name.Key, out var holder) && holder.Id == id)
                _byName.Remove(name.Key);
        }
    }

    /// <summary>
    /// Completes when all makings that run now have ended, one way or the other: those of one owner (a pod's
    /// containers), or all.
    /// </summary>
    internal Task QuietAsync(string? owner = null)
    {
        lock (_gate)
        {
            return Task.WhenAll(_byName
                .Where(entry => owner is null || entry.Key.StartsWith(owner, StringComparison.Ordinal))
                .Select(entry => entry.Value.Making));
        }
    }

    private async Task RunAsync(ObjectName name, Creation creation, Func<Creation, Task<INamed>> make)
    {
        try
        {
            creation.Complete(await make(creation).ConfigureAwait(false));
        }
        catch (Exception error)
        {
            Release(name, creation.Id);
            if (!creation.Fail(error))
                log.FailedUnwatched(name.ToString(), creation.Id, error);
        }
    }
}
