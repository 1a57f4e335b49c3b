using Crisp.Linux;

namespace Crisp.OciRuntime;

/// <summary>
/// The file that is executed when a runtime is called. runc and crun run as a copy of themselves that no container can
/// write to (CVE-2019-5736). Called by their path they make one in each call: a bind mount, and themselves started
/// again, which is a quarter of what an exec costs. A sealed copy in memory is what they look for first, so one of
/// ours serves all calls.
/// </summary>
internal sealed class RuntimeExecutable(string path)
{
    private readonly Lock _lock = new();
    private bool _isCopied;

    // Open as long as the daemon runs.
    private SealedProgram? _copy;
    private SealedProgram? _replaced;

    /// <summary>From the next call on a copy is executed, where the host lets us; it is made then.</summary>
    public void UseCopy() => _isCopied = true;

    /// <summary>
    /// The path of what is executed now; null: the program's own path. An upgraded program is copied anew.
    /// </summary>
    public string? Current()
    {
        if (!_isCopied)
            return null;
        lock (_lock)
        {
            if (_copy?.IsCopyOf(path) != true)
                Replace();
            return _copy?.Path;
        }
    }

    /// <summary>Calls under way may be about to execute the last copy; none is as old as the one before that.</summary>
    private void Replace()
    {
        _replaced?.Dispose();
        _replaced = _copy;
        _copy = SealedProgram.TryCopy(path);
    }
}
