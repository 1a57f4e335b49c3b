using Crisp.OciSpec;

namespace Crisp.Images.Pulls;

/// <summary>Content that pulls in progress count on, which no removal may take.</summary>
internal sealed class ContentHolds
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, int> _held = [];

    /// <summary>Blobs and layers are told apart by their digests being different.</summary>
    public IDisposable Hold(IReadOnlyList<Digest> blobs, IReadOnlyList<Digest> chains)
    {
        IReadOnlyList<Digest> all = [.. blobs, .. chains];
        lock (_lock)
        {
            foreach (var digest in all) _held[digest] = _held.GetValueOrDefault(digest) + 1;
        }
        return new Release(this, all);
    }

    public bool IsHeld(Digest digest)
    {
        lock (_lock) return _held.ContainsKey(digest);
    }

    private void Drop(IReadOnlyList<Digest> digests)
    {
        lock (_lock)
        {
            foreach (var digest in digests)
            {
                if (--_held[digest] == 0) _held.Remove(digest);
            }
        }
    }

    private sealed class Release(ContentHolds owner, IReadOnlyList<Digest> digests) : IDisposable
    {
        private int _done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0) owner.Drop(digests);
        }
    }
}
