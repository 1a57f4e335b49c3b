using Crisp.Testing.Images;
using Crisp.Testing.Registries;

namespace Crisp.Node.Tests;

/// <summary>What all fixtures of a run share: a slot on this machine, and a real registry with the images.</summary>
[SetUpFixture]
public sealed class NodeRun
{
    public static NodeSlot Slot { get; private set; } = null!;

    public static TestRegistry Registry { get; private set; } = null!;

    /// <summary>127.0.0.1:PORT/test/busybox:1</summary>
    public static string Busybox { get; private set; } = "";

    public static string WithEntrypoint { get; private set; } = "";

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        Slot = NodeSlot.Take();
        await Leftovers.ClearAsync(Slot);
        Registry = await TestRegistry.StartAsync($"{Slot.Directory}/registry");
        Busybox = await Registry.Client.PushAsync(StandardImages.Busybox, "test/busybox", "1");
        WithEntrypoint = await Registry.Client.PushAsync(StandardImages.WithEntrypoint, "test/entrypoint", "1");
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (Registry is not null)
            await Registry.DisposeAsync();
        await Leftovers.ClearAsync(Slot);
        if (Directory.Exists(Slot.Directory))
            Directory.Delete(Slot.Directory, recursive: true);
        Slot.Dispose();
    }
}
