namespace Crisp.Images;

/// <summary>Who needs which image at this moment, and which is just being removed.</summary>
internal sealed class Retention
{
    private readonly Lock _lock = new();
    private readonly List<Retained> _holders = [];
    private readonly HashSet<string> _removing = [];

    /// <summary>Null: the image is being removed.</summary>
    public IDisposable? TryAdd(string imageId, string holder)
    {
        var retained = new Retained(this, imageId, holder);
        lock (_lock)
        {
            if (_removing.Contains(imageId)) return null;
            _holders.Add(retained);
        }
        return retained;
    }

    /// <summary>Until disposed nobody can retain the image; says who already does.</summary>
    public IDisposable BeginRemoval(string imageId, out string? holder)
    {
        lock (_lock)
        {
            holder = _holders.Find(retained => retained.ImageId == imageId)?.Holder;
            _removing.Add(imageId);
        }
        return new Removal(this, imageId);
    }

    private sealed class Retained(Retention owner, string imageId, string holder) : IDisposable
    {
        public string ImageId => imageId;

        public string Holder => holder;

        public void Dispose()
        {
            lock (owner._lock) owner._holders.Remove(this);
        }
    }

    private sealed class Removal(Retention owner, string imageId) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock) owner._removing.Remove(imageId);
        }
    }
}
