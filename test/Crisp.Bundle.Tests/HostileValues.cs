using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Bundle.Tests;

/// <summary>Values that are ordinary, at an edge, or meant to do harm.</summary>
internal static class HostileValues
{
    private static readonly long[] Numbers =
        [0, 1, -1, 2, 100, 1000,
            65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 31, 1L << 32];

    private static readonly string[] Texts =
    [
        "", "a", "nginx", "root",
        "1000", "1000:1000", "0", "-1", "4294967296", "99999999999999999999", "/", "/data", "/data/sub", "relative",
        "..", "/a/../b", "/proc",
        "/proc/self/fd/3", "/dev", "/sys", "a\nb", "a\r", "a\0b", "a:b", "a=b", "ALL", "CAP_SYS_ADMIN", "NET_RAW",
        "run.oci.handler",
        "net.ipv4.ip_forward", "kernel.core_pattern", "1+kernel.core_pattern=x", "10.0.0.1", "::1", "2MB", "0-3",
        "memory.high", "memory.",
        ".", "localhost/x", "runtime/default", "unconfined", "SIGTERM", "HOME", "PATH=/bin", "\u00e4\u00f6\ud83d\ude00",
        "\ud800", "kubepods.slice", "/kubepods/podX", "rwm", new string('x', 5000), new string('/', 3000),
    ];

    public static string Text(Random random) => Texts[random.Next(Texts.Length)];

    public static object Of(FieldDescriptor field, Random random)
    {
        var number = Numbers[random.Next(Numbers.Length)];
        return field.FieldType switch
        {
            FieldType.String => Text(random),
            FieldType.Bool => random.Next(2) == 0,
            FieldType.Bytes => random.Next(8) == 0
                ? ByteString.CopyFrom(0xff)
                : ByteString.CopyFromUtf8(Text(random).Replace("\ud800", "", StringComparison.Ordinal)),
            FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(-1, 5)),
            FieldType.Int32 => (int)number,
            FieldType.UInt32 => (uint)number,
            FieldType.Int64 => number,
            FieldType.UInt64 => (ulong)number,
            _ =>
                throw new NotSupportedException(string.Create(
                    CultureInfo.InvariantCulture, $"{field.FullName} has a type that no field had: {field.FieldType}")),
        };
    }
}
