using Crisp.Images.Tests.Fakes;

namespace Crisp.Images.Tests;

/// <summary>Pulls at the same time, and pulls nobody waits for.</summary>
public sealed class SharedWorkTests : StoreFixture
{
    [Test]
    public async Task EqualPulls_DoTheWorkOnce()
    {
        TestImage.Of(TarBuilder.Of(("a", "1")), TarBuilder.Of(("b", "1"))).PushTo(Registry, "app", "v1");
        var gate = new TaskCompletionSource();
        Registry.Intercept = async context =>
        {
            if (context.Request.Path.Value?.Contains("/blobs/", StringComparison.Ordinal) is true) await gate.Task;
            return false;
        };
        var pulls = Enumerable.Range(0, 5).Select(_ => PullAsync("app:v1")).ToArray();
        gate.SetResult();
        var images = await Task.WhenAll(pulls);
        Assert.That(images.Distinct().Count(), Is.EqualTo(1));
        Assert.That(Registry.Count("/manifests/"), Is.EqualTo(1));
        Assert.That(Registry.Count("/blobs/"), Is.EqualTo(3));
    }

    [Test]
    public async Task DifferentImages_ShareLayersUnderWay()
    {
        var shared = TarBuilder.Of(("base", "1"));
        var one = TestImage.Of(shared, TarBuilder.Of(("one", "1")));
        var two = TestImage.Of(shared, TarBuilder.Of(("two", "1")));
        one.PushTo(Registry, "one", "v");
        two.PushTo(Registry, "two", "v");
        var gate = new TaskCompletionSource();
        using var others = new CountdownEvent(2);
        var bothJoined = new TaskCompletionSource();
        Registry.Intercept = async context =>
        {
            // A pull asks for its second layer after it has joined the first.
            if (IsLayer(context, one, 1) || IsLayer(context, two, 1))
            {
                if (others.Signal()) bothJoined.SetResult();
            }
            if (context.Request.Path.Value?.Contains(
                one.Layers[0].Descriptor.Digest.Hex, StringComparison.Ordinal) is true) await gate.Task;
            return false;
        };
        var pulls = Task.WhenAll(PullAsync("one:v"), PullAsync("two:v"));
        await bothJoined.Task.WaitAsync(TimeSpan.FromMinutes(2));
        gate.SetResult();
        await pulls;
        Assert.That(Registry.Count(one.Layers[0].Descriptor.Digest.Hex), Is.EqualTo(1));
        await RestartAsync();
        Assert.That(Store.List(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Pull_StopsWithItsLastWaiter()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        image.PushTo(Registry, "app", "v1");
        var aborted = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        Registry.Intercept = async context =>
        {
            if (context.Request.Path.Value?.Contains(
                image.Layers[0].Descriptor.Digest.Hex, StringComparison.Ordinal) is not true) return false;
            context.RequestAborted.Register(aborted.SetResult);
            reached.SetResult();
            await aborted.Task;
            return true;
        };
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var one = Store.PullAsync($"{Registry.Host}/app:v1", null, null, first.Token);
        var two = Store.PullAsync($"{Registry.Host}/app:v1", null, null, second.Token);
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await first.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => one);
        Assert.That(aborted.Task.IsCompleted, Is.False);
        await second.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => two);
        await aborted.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Registry.Intercept = static _ => Task.FromResult(false);
        await AssertEmptyAsync();
        await PullAsync("app:v1");
    }

    [Test]
    public async Task Remove_DuringAPullThatNeedsTheLayers_LeavesThem()
    {
        var shared = TarBuilder.Of(("base", "1"));
        var one = TestImage.Of(shared);
        var two = TestImage.Of(shared, TarBuilder.Of(("two", "1")));
        one.PushTo(Registry, "one", "v");
        two.PushTo(Registry, "two", "v");
        await PullAsync("one:v");
        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        Registry.Intercept = async context =>
        {
            if (context.Request.Path.Value?.Contains(
                two.Layers[1].Descriptor.Digest.Hex, StringComparison.Ordinal) is not true) return false;
            reached.SetResult();
            await gate.Task;
            return false;
        };
        var pull = PullAsync("two:v");
        await reached.Task;
        await Store.RemoveAsync(one.Id, CancellationToken.None);
        gate.SetResult();
        var stored = await pull;
        Assert.That(File.Exists($"{DiffOf(stored, 0)}/base"));
        await RestartAsync();
        Assert.That(Store.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Progress_EndsWithEveryLayerDone()
    {
        TestImage.Of(TarBuilder.Of(("a", "1")), TarBuilder.Of(("b", "1"))).PushTo(Registry, "app", "v1");
        List<PullProgress> seen = [];
        await Store.PullAsync($"{Registry.Host}/app:v1", null, new Recorder(seen), CancellationToken.None);
        Assert.That(seen.Count(progress => progress.Done), Is.EqualTo(2));
        Assert.That(
            seen.Where(progress => progress.Done).All(progress => progress.ReceivedBytes == progress.TotalBytes));
    }

    private static bool IsLayer(Microsoft.AspNetCore.Http.HttpContext context, TestImage image, int layer) =>
        context.Request.Path.Value?.Contains(
            image.Layers[layer].Descriptor.Digest.Hex, StringComparison.Ordinal) is true;

    private sealed class Recorder(List<PullProgress> seen) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => seen.Add(value);
    }
}
