using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Pods.Lifecycle;

/// <summary>A monitor's descriptors as streams.</summary>
internal sealed class AttachedContainer : IAttachedContainer
{
    private readonly MonitorAttachment _attachment;

    internal AttachedContainer(MonitorAttachment attachment, AttachStreams wanted, EventLoop loop)
    {
        _attachment = attachment;
        var input = attachment.Stdin ?? (wanted.Stdin ? attachment.Terminal : null);
        Stdin = Open(input, loop);
        Stdout = Open(attachment.Stdout, loop);
        Stderr = Open(attachment.Stderr, loop);
        Ended = EndAsync();
    }

    public bool IsTerminal => _attachment.Terminal is not null;

    public Stream? Stdin { get; }

    public Stream? Stdout { get; }

    public Stream? Stderr { get; }

    public Task<AttachEnd> Ended { get; }

    public ValueTask CloseStdinAsync() => _attachment.CloseStdinAsync();

    public void Resize(ushort columns, ushort rows)
    {
        if (_attachment.Terminal is { IsClosed: false } terminal)
            Terminals.TryResize(terminal, columns, rows);
    }

    /// <summary>The streams have their descriptors in common with the attachment, which closes them.</summary>
    public ValueTask DisposeAsync() => _attachment.DisposeAsync();

    private static DescriptorStream? Open(FileDescriptor? descriptor, EventLoop loop) =>
        descriptor is null ? null : new DescriptorStream(descriptor, loop);

    private async Task<AttachEnd> EndAsync()
    {
        try
        {
            return await _attachment.Ended.ConfigureAwait(false) ? AttachEnd.TooSlow : AttachEnd.ContainerExited;
        }
        catch (Exception) // however the connection was lost: nobody tells us more
        {
            return AttachEnd.MonitorLost;
        }
    }
}
