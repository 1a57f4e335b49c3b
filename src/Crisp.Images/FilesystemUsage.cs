namespace Crisp.Images;

/// <summary>What the store takes of the file system that its root, <paramref name="MountPoint"/>, lies on.</summary>
/// <param name="MountPoint">The store's root.</param>
/// <param name="UsedBytes">Blobs and unpacked layers.</param>
/// <param name="InodesUsed">Files, directories and links of both.</param>
public readonly record struct FilesystemUsage(string MountPoint, long UsedBytes, long InodesUsed);
