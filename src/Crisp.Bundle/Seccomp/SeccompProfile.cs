using System.Collections.Concurrent;
using System.Text.Json;
using Crisp.Errors;

namespace Crisp.Bundle.Seccomp;

/// <summary>
/// A seccomp profile that has been read and found sound. It becomes the seccomp section of a config.json by leaving out
/// the rules whose conditions do not fit the host and the container's capabilities; since few capabilities make a
/// difference, each outcome is worked out once.
/// </summary>
public sealed class SeccompProfile
{
    /// <summary>Longest profile, bytes. Podman's has 30 KB.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Outcomes that are kept; a profile of a few conditions has fewer.</summary>
    private const int MostOutcomes = 64;

    private static readonly Lazy<SeccompProfile> s_builtIn = new(ReadBuiltIn);

    private readonly ProfileDocument _document;
    private readonly string[] _decisive;
    private readonly ConcurrentDictionary<(SeccompHost, string), Oci.Seccomp> _outcomes = new();

    private SeccompProfile(string name, ProfileDocument document)
    {
        Name = name;
        _document = document;
        _decisive = [.. (document.Syscalls ?? [])
            .OfType<ProfileRule>().SelectMany(Capabilities).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>packaging/seccomp.json as it was when this program was built.</summary>
    public static SeccompProfile BuiltIn => s_builtIn.Value;

    /// <summary>The path it came from, for messages.</summary>
    public string Name { get; }

    /// <exception cref="CrispException">InvalidArgument: it is no profile, or one that cannot be honoured; the message
    /// says why.</exception>
    public static SeccompProfile Parse(string name, ReadOnlySpan<byte> json)
    {
        try
        {
            ProfileDocument document = JsonSerializer.Deserialize(json, ProfileContext.Default.ProfileDocument)
                ?? throw CrispException.InvalidArgument($"seccomp profile {name}", "is empty");
            ProfileRules.Check(name, document);
            return new SeccompProfile(name, document);
        }
        catch (JsonException e)
        {
            throw new CrispException(
                ErrorKind.InvalidArgument, $"seccomp profile {name}: is not a JSON profile: {e.Message}", e);
        }
    }

    /// <summary>The filter for a container.</summary>
    /// <param name="host">The kernel it runs on.</param>
    /// <param name="capabilities">Its bounding set, with CAP_.</param>
    public Oci.Seccomp Resolve(SeccompHost host, IReadOnlyCollection<string> capabilities)
    {
        string[] held = [.. _decisive.Where(capabilities.Contains)];
        if (_outcomes.Count > MostOutcomes)
            _outcomes.Clear();
        return _outcomes.GetOrAdd(
            (host, string.Join(',', held)), _ => ProfileResolution.Resolve(_document, host, held));
    }

    private static SeccompProfile ReadBuiltIn()
    {
        using var resource = typeof(SeccompProfile).Assembly.GetManifestResourceStream(
            "seccomp.json")!; // the project file puts it there
        var json = new byte[resource.Length];
        resource.ReadExactly(json);
        return Parse("of crisp itself", json);
    }

    private static IEnumerable<string> Capabilities(ProfileRule rule) =>
        [.. rule.Includes?.Caps ?? [], .. rule.Excludes?.Caps ?? []];
}
