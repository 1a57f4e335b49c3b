using System.Runtime.ExceptionServices;
using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

public static partial class Mounts
{
    /// <summary>The option string of mount(2) must fit one page, its NUL included.</summary>
    private const int MaxOptionBytes = 4095;

    private static readonly Lazy<bool> s_takesLowersOneByOne =
        new(TakesLowersOneByOne, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>
    /// Mounts an overlay; the lowers from the topmost down. Without upper and work it is read-only. The kernel takes
    /// each lower by a call of its own (lowerdir+) where it can, and one option string where not. A label is SELinux's
    /// for all of its files; a kernel without SELinux refuses it.
    /// </summary>
    public static void Overlay(
        IReadOnlyList<string> lowers, string? upper, string? work, string target, string? label = null)
    {
        if (lowers.Count == 0)
            throw new ArgumentException("an overlay needs a lower directory", nameof(lowers));
        if (!TryOverlayByFsconfig(lowers, upper, work, target, label))
            OverlayByOptions(lowers, upper, work, target, label);
    }

    /// <summary>
    /// Whether this kernel knows "lowerdir+" (Linux 6.8). Before 6.5 it takes any key of an overlay for one, and says
    /// so only when the overlay is to be made; so a key that no kernel has is asked for beside it.
    /// </summary>
    private static bool TakesLowersOneByOne()
    {
        using FileDescriptor? context = OpenFileSystem("overlay");
        return context is not null
            && Configure(context, "crisp-asks", "/") != Errno.None
            && Configure(context, "lowerdir+", "/") == Errno.None;
    }

    /// <summary>fsopen(2) and fsconfig(2). False: this kernel does not know one of them, or "lowerdir+".</summary>
    internal static bool TryOverlayByFsconfig(
        IReadOnlyList<string> lowers, string? upper, string? work, string target, string? label = null)
    {
        using FileDescriptor? context = s_takesLowersOneByOne.Value ? OpenFileSystem("overlay") : null;
        if (context is null)
            return false;
        foreach (string lower in lowers)
            Check(Configure(context, "lowerdir+", lower), "fsconfig(lowerdir+)", lower);

        if (upper is not null)
        {
            Check(Configure(context, "upperdir", EscapeBackslash(upper)), "fsconfig(upperdir)", upper);
            Check(Configure(context, "workdir", EscapeBackslash(work!)), "fsconfig(workdir)", work);
        }

        if (label is not null)
            Check(Configure(context, "context", label), "fsconfig(context)", label);
        Check(Configure(context, "source", "overlay"), "fsconfig(source)", target);
        Check(Create(context), "fsconfig(create) overlay", target);
        AttachTo(context, target);
        return true;
    }

    /// <summary>
    /// mount(2). Where the names are too long together, relative ones are used, from the lowers' common directory; a
    /// thread with a working directory of its own does that.
    /// </summary>
    internal static void OverlayByOptions(
        IReadOnlyList<string> lowers, string? upper, string? work, string target, string? label = null)
    {
        string options = OverlayOptions(lowers, upper, work) + LabelOption(label);
        if (Encoding.UTF8.GetByteCount(options) <= MaxOptionBytes)
        {
            Mount("overlay", "overlay", target, MountFlags.None, options);
            return;
        }

        string common = CommonDirectory(lowers);
        var relative = new List<string>(lowers.Count);
        foreach (string lower in lowers)
            relative.Add(lower[common.Length..].TrimStart('/'));
        string shorter = OverlayOptions(relative, upper, work) + LabelOption(label);
        SyscallException? failure = null;
        var thread = new Thread(() => failure = MountFrom(common, shorter, target)) { IsBackground = true };
        thread.Start();
        thread.Join();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    private static SyscallException? MountFrom(string directory, string options, string target)
    {
        try
        {
            FailedCall.ThrowIfNegative(Libc.unshare(NamespaceConstants.CLONE_FS), "unshare(CLONE_FS)");
            FailedCall.ThrowIfNegative(Libc.chdir(directory), "chdir", directory);
            Mount("overlay", "overlay", Path.GetFullPath(target), MountFlags.None, options);
            return null;
        }
        catch (SyscallException error)
        {
            return error;
        }
    }

    private static string OverlayOptions(IReadOnlyList<string> lowers, string? upper, string? work)
    {
        var options = new StringBuilder("lowerdir=");
        for (int i = 0; i < lowers.Count; i++)
            options.Append(i == 0 ? "" : ":").Append(EscapeOption(lowers[i]));
        if (upper is not null)
            options.Append(",upperdir=").Append(EscapeOption(upper)).Append(",workdir=").Append(EscapeOption(work!));
        return options.ToString();
    }

    /// <summary>
    /// The option of mount(2) that gives all files of a file system one SELinux label, with its comma before it; its
    /// quotes keep the commas of the label together. Empty for null.
    /// </summary>
    public static string LabelOption(string? label) => label is null ? "" : $",context=\"{label}\"";

    private static string EscapeOption(string path) =>
        EscapeBackslash(path).Replace(":", "\\:").Replace(",", "\\,");

    private static string EscapeBackslash(string path) => path.Replace("\\", "\\\\");

    private static string CommonDirectory(IReadOnlyList<string> paths)
    {
        string common = Path.GetDirectoryName(paths[0]) ?? "/";
        foreach (string path in paths)
        {
            while (common != "/" && !path.StartsWith(common + "/", StringComparison.Ordinal))
                common = Path.GetDirectoryName(common) ?? "/";
        }

        return common;
    }

    private static void Check(Errno errno, string call, string? path)
    {
        if (errno != Errno.None)
            throw new SyscallException(call, errno, path);
    }
}
