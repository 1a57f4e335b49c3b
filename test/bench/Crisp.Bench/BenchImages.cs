using Crisp.Testing.Images;
using Crisp.Testing.Registries;

namespace Crisp.Bench;

/// <summary>What the peers pull: a small image to run, containerd's pause image, and a large one to time.</summary>
public sealed record BenchImages(string Busybox, string Pause, string Large)
{
    private const int LargeLayers = 6;
    private const int BytesPerLayer = 10 << 20;

    public static async Task<BenchImages> PushAsync(RegistryClient registry)
    {
        var pause = TestImage.Oci(
            new TestImageConfig { Entrypoint = ["/bin/sleep", "2147483647"] },
            StandardImages.BaseLayer);
        var layers = Enumerable.Range(0, LargeLayers).Select(LargeLayer).Prepend(StandardImages.BaseLayer).ToArray();
        return new BenchImages(
            await registry.PushAsync(StandardImages.Busybox, "bench/busybox", "1"),
            await registry.PushAsync(pause, "bench/pause", "1"),
            await registry.PushAsync(TestImage.Oci(new TestImageConfig(), layers), "bench/large", "1"));
    }

    /// <summary>
    /// Files of many sizes whose bytes compress to about half, as programs do; the same in every run.
    /// </summary>
    private static LayerBlob LargeLayer(int number)
    {
        var random = new Random(number);
        var layer = new TestLayer().Directory($"data{number}");
        var written = 0;
        for (var file = 0; written < BytesPerLayer * 2; file++)
        {
            var bytes = new byte[random.Next(1 << 10, 1 << 18)];
            random.NextBytes(bytes);
            for (var i = 0; i < bytes.Length; i += 2)
                bytes[i] = 0x20;
            layer.File($"data{number}/{file}", bytes);
            written += bytes.Length;
        }

        return layer.Gzip();
    }
}
