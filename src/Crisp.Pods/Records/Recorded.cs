using System.Text.Json.Serialization.Metadata;

namespace Crisp.Pods.Records;

/// <summary>
/// An object whose state is a record on disk. A change is made under the object's lock, written, and only then shown to
/// readers, who take no lock. The lock is never held across a wait.
/// </summary>
internal abstract class Recorded<T>(T record, string path, JsonTypeInfo<T> type)
    where T : class
{
    private readonly Lock _gate = new();
    private T _record = record;

    internal T Record => Volatile.Read(ref _record);

    /// <summary>Writes the first record, of an object that nobody else knows yet.</summary>
    internal void WriteFirst() => RecordFile.Write(path, _record, type);

    /// <summary>
    /// Applies a change. What the function throws is the caller's answer, and nothing has changed; when it gives back
    /// the record it was given there is nothing to write.
    /// </summary>
    internal T Change(Func<T, T> change)
    {
        lock (_gate)
        {
            var next = change(_record);
            if (!ReferenceEquals(next, _record))
            {
                RecordFile.Write(path, next, type);
                Show(next);
            }

            return next;
        }
    }

    /// <summary>
    /// A change that is a fact already, such as an exit: it is shown even when it cannot be written (a full disk).
    /// Gives back what the write failed with.
    /// </summary>
    internal IOException? Accept(Func<T, T> change)
    {
        lock (_gate)
        {
            var next = change(_record);
            if (ReferenceEquals(next, _record))
                return null;
            Show(next);
            try
            {
                RecordFile.Write(path, next, type);
                return null;
            }
            catch (IOException error)
            {
                return error;
            }
        }
    }

    /// <summary>
    /// A change that is shown at once, and that the disk hears of with the next one that it must hear of.
    /// </summary>
    internal void Remember(Func<T, T> change)
    {
        lock (_gate)
            Show(change(_record));
    }

    /// <summary>Runs something that must not happen beside a change of state.</summary>
    internal void WhileUnchanged(Action<T> action)
    {
        lock (_gate)
            action(_record);
    }

    /// <summary>Called under the lock after each change, and once the object is whole.</summary>
    protected abstract void Project(T record);

    private void Show(T record)
    {
        Volatile.Write(ref _record, record);
        Project(record);
    }
}
