namespace Crisp.Linux.Abi;

/// <summary>sigset_t: bit N-1 stands for signal N.</summary>
internal static class SignalSet
{
    internal const int SIG_BLOCK = 0;

    internal static void Fill(Span<byte> set, IReadOnlyList<int> signals)
    {
        set.Clear();
        for (var i = 0; i < signals.Count; i++)
            set[(signals[i] - 1) / 8] |= (byte)(1 << ((signals[i] - 1) % 8));
    }

    internal static bool Contains(ReadOnlySpan<byte> set, int signal) =>
        (set[(signal - 1) / 8] & (1 << ((signal - 1) % 8))) != 0;
}
