using System.Buffers.Binary;

namespace Crisp.Streaming.Spdy;

/// <summary>What is done with each frame that comes in.</summary>
public sealed partial class SpdySession
{
    private const uint StreamIdMask = 0x7FFF_FFFF;

    private async ValueTask ReceiveAsync(SpdyFrameHeader header)
    {
        if (header.Type is not { } type)
        {
            await ReceiveDataAsync(header).ConfigureAwait(false);
            return;
        }

        if (header.SaidVersion != SpdyFrameHeader.Version)
            throw new SpdyProtocolException(
                $"a control frame of SPDY/{header.SaidVersion} came; this is SPDY/{SpdyFrameHeader.Version}");
        if (header.Length > SpdyLimits.ControlFrameBytes)
            throw new SpdyProtocolException(
                $"a control frame of {header.Length} bytes came; {SpdyLimits.ControlFrameBytes} is the most");
        var payload = await _reader.ReadAllAsync(header.Length, _ending.Token).ConfigureAwait(false);
        switch (type)
        {
            case SpdyFrameType.SynStream:
                OnSynStream(header, payload);
                break;
            case SpdyFrameType.SynReply:
                OnSynReply(header, payload);
                break;
            case SpdyFrameType.Headers:
                OnHeaders(header, payload);
                break;
            case SpdyFrameType.RstStream:
                OnRstStream(payload);
                break;
            case SpdyFrameType.Settings:
                OnSettings(payload.Span);
                break;
            case SpdyFrameType.Ping:
                OnPing(payload);
                break;
            case SpdyFrameType.GoAway:
                IsGoingAway = true;
                break;
            case SpdyFrameType.WindowUpdate:
                OnWindowUpdate(payload);
                break;
            default:
                break; // 2.2.1: unknown types are passed over
        }
    }

    private async ValueTask ReceiveDataAsync(SpdyFrameHeader header)
    {
        var stream = _streams.GetValueOrDefault(header.StreamId);
        if (header.StreamId == 0 || (stream is null && !WasOpen(header.StreamId)))
            throw new SpdyProtocolException($"data came for stream {header.StreamId}, which was never opened");
        if (stream is not null && !stream.TryReceive(header.Length, KeepsWindows))
        {
            stream.Reset(SpdyStatus.FlowControlError);
            stream = null;
        }

        var left = header.Length;
        while (left > 0)
        {
            var piece = await _reader.ReadSomeAsync(left, _ending.Token).ConfigureAwait(false);
            left -= piece.Length;
            if (stream is not null)
                await stream.ReceiveAsync(piece, _ending.Token).ConfigureAwait(false);
        }

        // Streams are bounded one by one; the session's own window is given back at once, so that none waits for
        // another.
        if (header.Length > 0)
            CreditSession(header.Length);
        if (header.HasFin && stream is not null)
            stream.ReceiveEnd();
    }

    private void CreditSession(int bytes)
    {
        if (!GrantsWindows)
            return;
        _sessionCredit += bytes;
        if (_sessionCredit < SpdyLimits.DefaultWindow / 2)
            return;
        _writer.WindowUpdate(0, _sessionCredit);
        _sessionCredit = 0;
    }

    private void OnSynStream(SpdyFrameHeader header, ReadOnlyMemory<byte> payload)
    {
        var id = Number(payload, 0, "SYN_STREAM") & StreamIdMask;
        var headers = _headers.Decode(Rest(payload, 10, "SYN_STREAM"));
        if (id <= _lastPeerStreamId || !IsPeers(id))
            throw new SpdyProtocolException($"the peer began stream {id} after {_lastPeerStreamId}");
        _lastPeerStreamId = id;
        if (_streams.Count + _accepted.Reader.Count >= SpdyLimits.Streams) // a reset one is held until it is read, too
        {
            _writer.RstStream(id, SpdyStatus.RefusedStream);
            return;
        }

        var stream = new SpdyStream(this, id, headers, _peerInitialWindow);
        _streams[id] = stream;
        if (header.HasFin)
            stream.ReceiveEnd();
        if ((header.Flags & SpdyFlags.Unidirectional) != 0)
            stream.SendNothing();
        if (!_accepted.Writer.TryWrite(stream))
            stream.Reset(SpdyStatus.RefusedStream);
    }

    private void OnSynReply(SpdyFrameHeader header, ReadOnlyMemory<byte> payload)
    {
        var id = Number(payload, 0, "SYN_REPLY") & StreamIdMask;
        var headers = _headers.Decode(Rest(payload, 4, "SYN_REPLY"));
        if (IsPeers(id) || _streams.GetValueOrDefault(id) is not { } stream)
            return;
        stream.ReceiveReply(headers);
        if (header.HasFin)
            stream.ReceiveEnd();
    }

    private void OnHeaders(SpdyFrameHeader header, ReadOnlyMemory<byte> payload)
    {
        var id = Number(payload, 0, "HEADERS") & StreamIdMask;
        _headers.Decode(Rest(payload, 4, "HEADERS")); // later headers mean nothing to anybody here
        if (header.HasFin && _streams.GetValueOrDefault(id) is { } stream)
            stream.ReceiveEnd();
    }

    private void OnRstStream(ReadOnlyMemory<byte> payload)
    {
        var id = Number(payload, 0, "RST_STREAM") & StreamIdMask;
        var status = (SpdyStatus)Number(payload, 4, "RST_STREAM");
        if (_streams.TryRemove(id, out var stream))
            stream.Fail(new SpdyStreamResetException(id, status));
    }

    private void OnSettings(ReadOnlySpan<byte> payload)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(payload, out var count) || count > SpdyLimits.Settings
            || payload.Length != sizeof(uint) + (count * 8))
            throw new SpdyProtocolException("a SETTINGS frame does not hold what it says");
        for (var at = sizeof(uint); at < payload.Length; at += 8)
        {
            var id = BinaryPrimitives.ReadUInt32BigEndian(payload[at..]) & 0xFF_FFFF;
            var value = BinaryPrimitives.ReadUInt32BigEndian(payload[(at + 4)..]);
            if (id == SpdySettings.InitialWindowSize)
                OnInitialWindow(value);
        }
    }

    private void OnInitialWindow(uint value)
    {
        if (value > int.MaxValue)
            throw new SpdyProtocolException($"an initial window of {value} bytes came");
        KeepsWindows = true;
        lock (_opening)
        {
            var delta = (int)value - _peerInitialWindow;
            _peerInitialWindow = (int)value;
            foreach (var stream in _streams.Values)
                stream.SendWindow.TryAdd(delta);
        }
    }

    private void OnPing(ReadOnlyMemory<byte> payload)
    {
        var id = Number(payload, 0, "PING");
        if (IsPeers(id))
            _writer.Ping(id);
        else if (_pings.TryGetValue(id, out var echo))
            echo.TrySetResult();
    }

    private void OnWindowUpdate(ReadOnlyMemory<byte> payload)
    {
        var id = Number(payload, 0, "WINDOW_UPDATE") & StreamIdMask;
        var delta = Number(payload, 4, "WINDOW_UPDATE") & StreamIdMask;
        KeepsWindows = true;
        if (id == 0 && !SendWindow.TryAdd(delta))
            throw new SpdyProtocolException("the session's window is more than 2 GB");
        if (_streams.GetValueOrDefault(id) is { } stream && !stream.SendWindow.TryAdd(delta))
            stream.Reset(SpdyStatus.FlowControlError);
    }

    /// <summary>Clients number odd, servers even.</summary>
    private bool IsPeers(uint id) => id != 0 && (id % 2 == 0) == (_role == SpdyRole.Client);

    private bool WasOpen(uint id) => IsPeers(id) ? id <= _lastPeerStreamId : id < Volatile.Read(ref _nextStreamId);

    private static uint Number(ReadOnlyMemory<byte> payload, int at, string frame) =>
        BinaryPrimitives.ReadUInt32BigEndian(Rest(payload, at, frame, sizeof(uint)).Span);

    private static ReadOnlyMemory<byte> Rest(ReadOnlyMemory<byte> payload, int at, string frame, int needed = 0) =>
        payload.Length >= at + needed
            ? payload[at..]
            : throw new SpdyProtocolException($"a {frame} frame is too short");
}
