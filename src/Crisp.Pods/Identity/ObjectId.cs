using System.Buffers;
using System.Security.Cryptography;

namespace Crisp.Pods.Identity;

/// <summary>
/// IDs of pods and containers: 64 lowercase hex digits, as kubelet's cAdvisor finds them in cgroup names.
/// </summary>
internal static class ObjectId
{
    internal const int Length = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    internal static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    internal static bool IsWellFormed(string id) =>
        id.Length == Length && id.AsSpan().IndexOfAnyExcept(Digits) < 0;
}
