using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>read(2) and write(2) on a descriptor. "Would block" is an answer here, never an exception.</summary>
public static class DescriptorIO
{
    /// <summary>Reads what is there. False: nothing yet (EAGAIN). True with 0: end of file.</summary>
    public static bool TryRead(this FileDescriptor fd, Span<byte> buffer, out int count)
    {
        var errno = Read(fd, buffer, out count);
        return errno switch
        {
            Errno.None => true,
            Errno.EAGAIN => false,
            _ => throw new SyscallException("read", errno),
        };
    }

    /// <summary>
    /// All there is up to the end of a file, beginning where it stands; null when that is more than allowed.
    /// </summary>
    public static byte[]? ReadToEnd(this FileDescriptor fd, int maxBytes)
    {
        var content = new byte[Math.Min(maxBytes, (int)Math.Min(FileStatus.Of(fd).SizeBytes, int.MaxValue - 1)) + 1];
        var length = 0;
        while (fd.TryRead(content.AsSpan(length), out var count) && count > 0)
        {
            length += count;
            if (length > maxBytes)
                return null;
            if (length == content.Length)
                Array.Resize(ref content, Math.Min(maxBytes + 1, length * 2));
        }

        return content[..length];
    }

    /// <summary>Writes what fits. False: nothing fits now (EAGAIN).</summary>
    public static bool TryWrite(this FileDescriptor fd, ReadOnlySpan<byte> buffer, out int count)
    {
        var errno = Write(fd, buffer, out count);
        return errno switch
        {
            Errno.None => true,
            Errno.EAGAIN => false,
            _ => throw new SyscallException("write", errno),
        };
    }

    /// <summary>Writes all of it to a blocking descriptor (a file).</summary>
    public static void WriteAll(this FileDescriptor fd, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var errno = Write(fd, content, out var count);
            if (errno != Errno.None)
                throw new SyscallException("write", errno);
            content = content[count..];
        }
    }

    /// <summary>read(2), with its errno as the result; it neither throws nor allocates.</summary>
    public static unsafe Errno Read(this FileDescriptor fd, Span<byte> buffer, out int count)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var result = Libc.read(fd.Number, start, (nuint)buffer.Length);
                count = result < 0 ? 0 : (int)result;
                if (result >= 0)
                    return Errno.None;
                if (FailedCall.LastErrno is var errno and not Errno.EINTR)
                    return errno;
            }
        }
    }

    /// <summary>write(2), with its errno as the result; it neither throws nor allocates.</summary>
    public static unsafe Errno Write(this FileDescriptor fd, ReadOnlySpan<byte> buffer, out int count)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var result = Libc.write(fd.Number, start, (nuint)buffer.Length);
                count = result < 0 ? 0 : (int)result;
                if (result >= 0)
                    return Errno.None;
                if (FailedCall.LastErrno is var errno and not Errno.EINTR)
                    return errno;
            }
        }
    }
}
