using Microsoft.Win32.SafeHandles;

namespace Crisp.Cni.Configuration;

/// <summary>
/// Reads the configuration directory. It is read whole whenever it matters: some KB in a few files cost less than
/// 0.1 ms, and unlike a watch, or times and sizes, content that is compared cannot be missed or mistaken.
/// </summary>
internal static class ConfigurationDirectory
{
    private static readonly string[] Extensions = [".conf", ".conflist", ".json"];

    /// <summary>Its configuration files in the order of their names; null when the directory is not there.</summary>
    internal static IReadOnlyList<ConfigurationFile>? Read(string directory)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFileSystemEntries(directory)
                    .Where(path => Extensions.Contains(Path.GetExtension(path)))
                    .Order(StringComparer.Ordinal)
                    .Take(CniLimits.ConfigurationFiles)
                    .Select(ReadFile)
                    .OfType<ConfigurationFile>(),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Null when it went away since the listing.</summary>
    private static ConfigurationFile? ReadFile(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var file = File.OpenHandle(path);
            return RandomAccess.GetLength(file) > CniLimits.ConfigurationBytes
                ? new ConfigurationFile(name, default, $"it is longer than {CniLimits.ConfigurationBytes} bytes")
                : new ConfigurationFile(name, ReadAll(file), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ConfigurationFile(name, default, e.Message);
        }
    }

    private static ReadOnlyMemory<byte> ReadAll(SafeFileHandle file)
    {
        var content = new byte[RandomAccess.GetLength(file)];
        var length = 0;
        while (length < content.Length)
        {
            var read = RandomAccess.Read(file, content.AsSpan(length), length);
            if (read == 0) break;
            length += read;
        }

        return content.AsMemory(0, length);
    }
}
