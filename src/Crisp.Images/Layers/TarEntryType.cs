namespace Crisp.Images.Layers;

/// <summary>The type flag of a tar header (POSIX pax, "typeflag"; GNU tar's tar.h).</summary>
internal enum TarEntryType : byte
{
    OldRegular = 0,
    Regular = (byte)'0',
    HardLink = (byte)'1',
    Symlink = (byte)'2',
    CharacterDevice = (byte)'3',
    BlockDevice = (byte)'4',
    Directory = (byte)'5',
    Fifo = (byte)'6',
    Contiguous = (byte)'7',
    GnuSparse = (byte)'S',
    GnuLongName = (byte)'L',
    GnuLongLink = (byte)'K',
    PaxGlobal = (byte)'g',
    PaxExtended = (byte)'x',
}
