using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Messages that carry descriptors over a unix socket (SCM_RIGHTS, unix(7)). The receiver gets descriptors of its own
/// for the same open files, close-on-exec like all of ours.
/// </summary>
public static unsafe class DescriptorPassing
{
    /// <summary>The most descriptors that one message of ours carries.</summary>
    public const int MostDescriptors = 8;

    private const int ControlSize = MessageLayout.ControlHeaderSize + (MostDescriptors * sizeof(int));

    /// <summary>
    /// Sends one message with descriptors, which stay the caller's. EAGAIN: no room now. EPIPE: nobody there. The
    /// message must not be empty: a descriptor needs a byte to travel with.
    /// </summary>
    public static Errno TrySend(
        FileDescriptor socket, ReadOnlySpan<byte> message, ReadOnlySpan<FileDescriptor> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MostDescriptors);
        byte* control = stackalloc byte[ControlSize];
        var controlLength = Fill(new Span<byte>(control, ControlSize), descriptors);
        fixed (byte* start = message)
        {
            byte* iov = stackalloc byte[MessageLayout.IovSize];
            byte* header = stackalloc byte[MessageLayout.Size];
            FillHeader(header, iov, start, message.Length, control, controlLength);
            while (true)
            {
                if (Libc.sendmsg(socket.Number, header, SocketConstants.MSG_NOSIGNAL) >= 0)
                    return Errno.None;
                if (FailedCall.LastErrno is var errno and not Errno.EINTR)
                    return errno;
            }
        }
    }

    /// <summary>
    /// Receives one message and its descriptors, which are the caller's then. EAGAIN: none now. None with length 0: the
    /// other end is closed. EMSGSIZE: it did not fit the buffer; it is lost, and its descriptors are closed. EMFILE
    /// with a length: the message is there, but this process may not open as many descriptors as came with it, or they
    /// were more than <see cref="MostDescriptors"/>; all of them are closed.
    /// </summary>
    public static Errno TryReceive(
        FileDescriptor socket, Span<byte> buffer, out int length, out FileDescriptor[] descriptors)
    {
        byte* control = stackalloc byte[ControlSize];
        byte* iov = stackalloc byte[MessageLayout.IovSize];
        byte* header = stackalloc byte[MessageLayout.Size];
        descriptors = [];
        length = 0;
        fixed (byte* start = buffer)
        {
            nint received;
            do
            {
                FillHeader(header, iov, start, buffer.Length, control, ControlSize);
                received = Libc.recvmsg(
                    socket.Number, header, MessageLayout.MSG_CMSG_CLOEXEC | SocketConstants.MSG_TRUNC);
            }
            while (received < 0 && FailedCall.LastErrno == Errno.EINTR);

            if (received < 0)
                return FailedCall.LastErrno is var errno and not Errno.ECONNRESET ? errno : Errno.None;
            var controlLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(
                Field(header, MessageLayout.ControlLength));
            var flags = BinaryPrimitives.ReadInt32LittleEndian(Field(header, MessageLayout.Flags));
            descriptors = Take(new ReadOnlySpan<byte>(control, controlLength));
            var isWhole = received <= buffer.Length;
            if (isWhole)
                length = (int)received;
            if (isWhole && (flags & MessageLayout.MSG_CTRUNC) == 0)
                return Errno.None;
        }

        foreach (var descriptor in descriptors)
            descriptor.Dispose();
        descriptors = [];
        return length > 0 ? Errno.EMFILE : Errno.EMSGSIZE;
    }

    private static Span<byte> Field(byte* header, int at) => new(header + at, sizeof(long));

    private static void FillHeader(byte* header, byte* iov, byte* data, int length, byte* control, int controlLength)
    {
        new Span<byte>(header, MessageLayout.Size).Clear();
        BinaryPrimitives.WriteInt64LittleEndian(Field(iov, 0), (nint)data);
        BinaryPrimitives.WriteInt64LittleEndian(Field(iov, MessageLayout.IovLength), length);
        BinaryPrimitives.WriteInt64LittleEndian(Field(header, MessageLayout.Iov), (nint)iov);
        BinaryPrimitives.WriteInt64LittleEndian(Field(header, MessageLayout.IovCount), 1);
        BinaryPrimitives.WriteInt64LittleEndian(
            Field(header, MessageLayout.Control), controlLength == 0 ? 0 : (nint)control);
        BinaryPrimitives.WriteInt64LittleEndian(Field(header, MessageLayout.ControlLength), controlLength);
    }

    /// <summary>One cmsghdr with all numbers; its length. Nothing at all without descriptors.</summary>
    private static int Fill(Span<byte> control, ReadOnlySpan<FileDescriptor> descriptors)
    {
        if (descriptors.IsEmpty)
            return 0;
        var length = MessageLayout.ControlHeaderSize + (descriptors.Length * sizeof(int));
        control.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(control, length);
        BinaryPrimitives.WriteInt32LittleEndian(control[MessageLayout.ControlLevel..], MessageLayout.SOL_SOCKET);
        BinaryPrimitives.WriteInt32LittleEndian(control[MessageLayout.ControlType..], MessageLayout.SCM_RIGHTS);
        for (var i = 0; i < descriptors.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(
                control[(MessageLayout.ControlHeaderSize + (i * sizeof(int)))..], descriptors[i].Number);
        return (length + sizeof(long) - 1) & -sizeof(long); // CMSG_SPACE
    }

    /// <summary>The kernel fills one cmsghdr of this type at most; others were not asked for.</summary>
    private static FileDescriptor[] Take(ReadOnlySpan<byte> control)
    {
        if (control.Length < MessageLayout.ControlHeaderSize ||
            BinaryPrimitives.ReadInt32LittleEndian(control[MessageLayout.ControlLevel..]) != MessageLayout.SOL_SOCKET ||
            BinaryPrimitives.ReadInt32LittleEndian(control[MessageLayout.ControlType..]) != MessageLayout.SCM_RIGHTS)
            return [];
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(control);
        var descriptors = new FileDescriptor[(length - MessageLayout.ControlHeaderSize) / sizeof(int)];
        for (var i = 0; i < descriptors.Length; i++)
            descriptors[i] = new FileDescriptor(BinaryPrimitives.ReadInt32LittleEndian(
                control[(MessageLayout.ControlHeaderSize + (i * sizeof(int)))..]));
        return descriptors;
    }
}
