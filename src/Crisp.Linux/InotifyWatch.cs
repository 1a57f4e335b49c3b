using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>Watches one directory or file with inotify(7).</summary>
public sealed class InotifyWatch : IDisposable
{
    private const int HeaderSize = 16;
    private const int MaskOffset = 4;
    private const int NameLengthOffset = 12;

    private InotifyWatch(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>Readable when changes wait.</summary>
    public FileDescriptor Descriptor { get; }

    public static InotifyWatch Open(string path, InotifyEvents events)
    {
        var descriptor = new FileDescriptor(FailedCall.ThrowIfNegative(
            Libc.inotify_init1(FileConstants.O_CLOEXEC | FileConstants.O_NONBLOCK), "inotify_init1"));
        if (Libc.inotify_add_watch(descriptor.Number, path, (uint)events) >= 0)
            return new InotifyWatch(descriptor);
        var error = FailedCall.Last("inotify_add_watch", path);
        descriptor.Dispose();
        throw error;
    }

    /// <summary>The changes as they come; ends after <see cref="InotifyEvents.Ignored"/>.</summary>
    public async IAsyncEnumerable<InotifyChange> ReadAsync(
        EventLoop loop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            await loop.WaitReadableAsync(Descriptor, cancellationToken).ConfigureAwait(false);
            if (!Descriptor.TryRead(buffer, out var length))
                continue;
            foreach (var change in Parse(buffer.AsSpan(0, length)))
            {
                yield return change;
                if (change.Events.HasFlag(InotifyEvents.Ignored))
                    yield break;
            }
        }
    }

    /// <summary>Throws away what waits; for callers who look again themselves.</summary>
    public void Drain()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (Descriptor.Read(buffer, out var count) == Errno.None && count > 0)
        {
        }
    }

    public void Dispose() => Descriptor.Dispose();

    /// <summary>
    /// A sequence of struct inotify_event: wd, mask, cookie, length of the name, name padded with NULs.
    /// </summary>
    private static List<InotifyChange> Parse(ReadOnlySpan<byte> bytes)
    {
        var changes = new List<InotifyChange>();
        while (bytes.Length >= HeaderSize)
        {
            var events = (InotifyEvents)BinaryPrimitives.ReadUInt32LittleEndian(bytes[MaskOffset..]);
            var nameLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[NameLengthOffset..]);
            var name = bytes.Slice(HeaderSize, nameLength).TrimEnd((byte)0);
            changes.Add(new InotifyChange(events, Encoding.UTF8.GetString(name)));
            bytes = bytes[(HeaderSize + nameLength)..];
        }

        return changes;
    }
}
