using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Asks the kernel's netfilter over netlink(7), in the network namespace of the thread that makes it. The kernel
/// answers at once, so that no call waits for anybody.
/// </summary>
internal sealed class NetlinkSocket : IDisposable
{
    /// <summary>No message of the kernel's is larger (NLMSG_GOODSIZE, and what dumps take).</summary>
    private const int LargestAnswer = 64 * 1024;

    private readonly FileDescriptor _descriptor = new(FailedCall.ThrowIfNegative(
        Libc.socket(
            NetlinkConstants.AF_NETLINK, SocketConstants.SOCK_DGRAM | SocketConstants.SOCK_CLOEXEC,
            NetlinkConstants.NETLINK_NETFILTER),
        "socket(NETLINK_NETFILTER)"));

    private readonly byte[] _buffer = new byte[LargestAnswer];

    internal delegate void Answer(ReadOnlySpan<byte> body);

    /// <summary>Sends a request, and gives every message of the answer, until its end.</summary>
    /// <param name="type">The verb.</param>
    /// <param name="flags">How it is to be done.</param>
    /// <param name="body">What follows the message's header: netfilter's own, and attributes.</param>
    /// <param name="answer">Is given the same of each answer.</param>
    /// <returns>The error that the kernel answers with, or none.</returns>
    internal Errno Ask(ushort type, ushort flags, ReadOnlySpan<byte> body, Answer? answer)
    {
        var request = new byte[NetlinkConstants.HeaderSize + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(request, request.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(NetlinkConstants.TypeOffset), type);
        BinaryPrimitives.WriteUInt16LittleEndian(
            request.AsSpan(NetlinkConstants.FlagsOffset), (ushort)(flags | NetlinkConstants.NLM_F_REQUEST));
        body.CopyTo(request.AsSpan(NetlinkConstants.HeaderSize));
        Send(request);
        while (true)
        {
            ReadOnlySpan<byte> messages = _buffer.AsSpan(0, Receive());
            while (messages.Length >= NetlinkConstants.HeaderSize)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(messages);
                if (length < NetlinkConstants.HeaderSize || length > messages.Length)
                    return Errno.EINVAL; // never from a kernel
                if (End(messages[..length]) is { } end)
                    return end;
                answer?.Invoke(messages[NetlinkConstants.HeaderSize..length]);
                messages = messages[Math.Min(NetlinkAttributes.Padded(length), messages.Length)..];
            }
        }
    }

    public void Dispose() => _descriptor.Dispose();

    /// <summary>
    /// Null when the message is not the last. Both kinds of a last one begin with an error, negative; 0 is a success.
    /// </summary>
    private static Errno? End(ReadOnlySpan<byte> message)
    {
        var type = BinaryPrimitives.ReadUInt16LittleEndian(message[NetlinkConstants.TypeOffset..]);
        if (type is not (NetlinkConstants.NLMSG_DONE or NetlinkConstants.NLMSG_ERROR))
            return null;
        return BinaryPrimitives.TryReadInt32LittleEndian(message[NetlinkConstants.HeaderSize..], out var error)
            ? (Errno)(-error)
            : Errno.None;
    }

    private unsafe void Send(byte[] request)
    {
        fixed (byte* start = request)
        {
            nint sent;
            do
            {
                sent = Libc.send(_descriptor.Number, start, (nuint)request.Length, 0);
            }
            while (sent < 0 && FailedCall.LastErrno == Errno.EINTR);
            FailedCall.ThrowIfNegative(sent, "send(NETLINK_NETFILTER)");
        }
    }

    private unsafe int Receive()
    {
        fixed (byte* start = _buffer)
        {
            nint received;
            do
            {
                received = Libc.recv(_descriptor.Number, start, (nuint)_buffer.Length, 0);
            }
            while (received < 0 && FailedCall.LastErrno == Errno.EINTR);
            return FailedCall.ThrowIfNegative(received, "recv(NETLINK_NETFILTER)");
        }
    }
}
