using System.Diagnostics;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>
/// The pull of an image of several gzip layers from a registry on loopback, removed again after each run.
/// </summary>
public sealed class Pull(Results results, string image)
{
    private static readonly Figure Time = new("pull, 60 MB in six gzip layers", "ms");

    public async Task RunAsync(Peer peer)
    {
        var spec = new ImageSpec { Image = image };
        var start = Stopwatch.GetTimestamp();
        await peer.Images.PullImageAsync(new PullImageRequest { Image = spec });
        results.Add(Time, peer.Name, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        var id = (await peer.Images.ImageStatusAsync(new ImageStatusRequest { Image = spec })).Image.Id;
        await peer.Images.RemoveImageAsync(new RemoveImageRequest { Image = new ImageSpec { Image = id } });
    }
}
