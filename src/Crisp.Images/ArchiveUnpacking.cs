using Crisp.Images.Layers;
using Crisp.OciSpec;

namespace Crisp.Images;

/// <summary>
/// Unpacks an archive that nobody vouches for into a directory, with the same care and bounds as a layer.
/// </summary>
public static class ArchiveUnpacking
{
    /// <summary>
    /// Nothing of the archive gets out of the directory. Whiteouts become what overlayfs takes for them.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no tar archive, is cut off, or beyond the bounds.</exception>
    public static async Task UnpackAsync(Stream archive, string directory, CancellationToken cancellation)
    {
        try
        {
            await Task.Factory.StartNew(
                () => LayerUnpacker.Unpack(archive, directory, DigestAlgorithm.Sha256, new Limits(), cancellation),
                cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch (LayerLimitException beyond)
        {
            throw new InvalidDataException(beyond.Message, beyond);
        }
    }
}
