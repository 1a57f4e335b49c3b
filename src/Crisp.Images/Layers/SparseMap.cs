using System.Buffers.Text;

namespace Crisp.Images.Layers;

/// <summary>
/// The maps of sparse files in GNU tar's four formats (GNU tar manual, "Storing Sparse Files"): the old header with
/// its extension blocks, and pax 0.0, 0.1 and 1.0. Entries come in order and do not overlap, or the map is refused.
/// </summary>
internal static class SparseMap
{
    /// <summary>Twenty-four bytes per segment: offset 12, length 12; an empty one ends the block.</summary>
    public static bool AddOldSegments(ReadOnlySpan<byte> segments, List<SparseSegment> map, int max)
    {
        for (; segments.Length >= 24; segments = segments[24..])
        {
            if (segments[0] == 0) return false;
            Add(map, TarHeader.ParseNumber(segments[..12]), TarHeader.ParseNumber(segments[12..24]), max);
        }
        return true;
    }

    public static List<SparseSegment> FromPairs(IReadOnlyList<long> numbers, int max)
    {
        if (numbers.Count % 2 != 0) throw Malformed();
        List<SparseSegment> map = [];
        for (var i = 0; i < numbers.Count; i += 2) Add(map, numbers[i], numbers[i + 1], max);
        return map;
    }

    /// <summary>Format 0.1: "offset,length,offset,length".</summary>
    public static List<SparseSegment> FromList(ReadOnlySpan<byte> text, int max)
    {
        List<long> numbers = [];
        foreach (var part in text.Split((byte)','))
        {
            if (numbers.Count >= 2 * max
                || !Utf8Parser.TryParse(text[part], out long number, out var used) || used != text[part].Length)
                throw Malformed();
            numbers.Add(number);
        }
        return FromPairs(numbers, max);
    }

    /// <summary>
    /// Format 1.0: decimal lines in front of the content, padded to whole blocks. Also says how many bytes.
    /// </summary>
    public static List<SparseSegment> FromContent(ArchiveInput input, int max, out long consumed)
    {
        var block = new byte[TarHeader.Size];
        var at = block.Length;
        long taken = 0;
        var count = Next();
        if (count < 0 || count > max) throw Malformed();
        List<SparseSegment> map = [];
        for (long i = 0; i < count; i++) Add(map, Next(), Next(), max);
        consumed = taken;
        return map;

        long Next()
        {
            long value = 0;
            for (var digits = 0; ; digits++)
            {
                if (at == block.Length)
                {
                    if (!input.TryTakeExactly(block)) throw ArchiveInput.Truncated();
                    taken += block.Length;
                    at = 0;
                }
                var c = block[at++];
                if (c == '\n' && digits > 0) return value;
                if (c is < (byte)'0' or > (byte)'9' || digits >= 19) throw Malformed();
                value = checked((value * 10) + (c - '0'));
            }
        }
    }

    /// <summary>All segments lie within the file and hold exactly the stored content.</summary>
    public static void Check(IReadOnlyList<SparseSegment> map, long storedSize, long fileSize)
    {
        long sum = 0;
        foreach (var segment in map) sum += segment.Length;
        if (sum != storedSize || (map.Count > 0 && map[^1].Offset + map[^1].Length > fileSize)) throw Malformed();
    }

    private static void Add(List<SparseSegment> map, long offset, long length, int max)
    {
        var end = map.Count == 0 ? 0 : map[^1].Offset + map[^1].Length;
        if (map.Count >= max || length < 0 || offset < end || offset > long.MaxValue - length) throw Malformed();
        map.Add(new SparseSegment(offset, length));
    }

    private static InvalidDataException Malformed() => new("malformed sparse map");
}
