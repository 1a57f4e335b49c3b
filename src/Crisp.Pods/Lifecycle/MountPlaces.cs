using System.Text;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Where a container's mounts come to be, in the order in which the runtime makes them: it goes by the links of the
/// image, and by those of volumes that it has mounted before. Nothing is mounted here; the links are read where they
/// are.
/// </summary>
internal sealed class MountPlaces(RootedDirectory root)
{
    /// <summary>More of them are an error of the kernel's (path_resolution(7)).</summary>
    private const int MostLinks = 40;

    private static readonly UTF8Encoding s_names =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>No source: a file system of the kernel's, on which there are no links yet.</summary>
    private readonly List<(string Place, string? Source)> _made = [];

    /// <summary>The place of the next mount; empty for the root.</summary>
    /// <exception cref="CrispException">FailedPrecondition: a link on the way has a target that is no text.</exception>
    internal string Add(Mount mount)
    {
        string place = Follow(mount.Destination);
        _made.Add((place, mount is { Type: "bind", Source: ['/', ..] } ? mount.Source : null));
        return place;
    }

    private string Follow(string path)
    {
        string place = "";
        int links = 0;
        Stack<string> ahead = [];
        PushNames(ahead, path);
        while (ahead.TryPop(out string? name))
        {
            string next = name == ".." ? place[..Math.Max(place.LastIndexOf('/'), 0)] : $"{place}/{name}";
            if (name == ".." || LinkAt(next) is not { } target || ++links > MostLinks)
            {
                place = next;
                continue;
            }

            if (target.StartsWith('/'))
                place = "";
            PushNames(ahead, target);
        }

        return place;
    }

    private static void PushNames(Stack<string> ahead, string path)
    {
        foreach (string name in path.Split('/').Where(name => name is not ("" or ".")).Reverse())
            ahead.Push(name);
    }

    private string? LinkAt(string path)
    {
        int holder = _made.FindLastIndex(made => path.StartsWith(made.Place + "/", StringComparison.Ordinal)
            || path == made.Place);
        if (holder < 0)
            return Target(root, path, path);
        (string place, string? source) = _made[holder];
        if (source is null || path == place || FileStatus.Of(source) is not { IsDirectory: true })
            return null;
        using RootedDirectory volume = RootedDirectory.Open(source);
        return Target(volume, path[place.Length..], path);
    }

    private static string? Target(RootedDirectory directory, string path, string told)
    {
        try
        {
            return directory.TryReadLink(path) is { } target ? s_names.GetString(target) : null;
        }
        catch (SyscallException)
        {
            return null; // the runtime cannot go there either
        }
        catch (DecoderFallbackException)
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition, $"the link {told}, on the way to a mount, leads to a name that is not UTF-8");
        }
    }
}
