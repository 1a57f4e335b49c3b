namespace Crisp.Linux;

/// <summary>Events of inotify(7).</summary>
[Flags]
public enum InotifyEvents : uint
{
    None = 0,
    Modified = 0x2,
    Attributes = 0x4,
    ClosedAfterWrite = 0x8,
    MovedFrom = 0x40,
    MovedTo = 0x80,
    Created = 0x100,
    Deleted = 0x200,
    WatchedDeleted = 0x400,
    WatchedMoved = 0x800,

    /// <summary>The kernel's queue was full: something was missed; look at the directory.</summary>
    Overflow = 0x4000,

    /// <summary>The watch has ended, since its directory is gone.</summary>
    Ignored = 0x8000,

    /// <summary>Every event after which the files in a directory may say something else.</summary>
    ContentChanged = ClosedAfterWrite | MovedFrom | MovedTo | Created | Deleted | WatchedDeleted | WatchedMoved,
}
