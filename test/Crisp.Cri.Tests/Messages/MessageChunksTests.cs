using Crisp.Cri.Messages;
using Runtime.V1;

namespace Crisp.Cri.Tests.Messages;

public sealed class MessageChunksTests
{
    [Test]
    public void ALongList_IsCutBelowTheBoundAndLosesNothing()
    {
        var items = Enumerable.Range(0, 1000).Select(number => Item(number, 1000)).ToArray();
        var chunks = MessageChunks.Of(items).ToArray();
        Assert.That(chunks, Has.Length.GreaterThan(3));
        Assert.That(chunks.Select(chunk => chunk.Sum(item => item.CalculateSize())),
            Is.All.LessThanOrEqualTo(MessageChunks.MostBytes));
        Assert.That(chunks.SelectMany(chunk => chunk), Is.EqualTo(items));
    }

    [Test]
    public void AnItemBeyondTheBound_GoesAlone()
    {
        var chunks = MessageChunks.Of([Item(1, 10), Item(2, MessageChunks.MostBytes), Item(3, 10)]).ToArray();
        Assert.That(chunks.Select(chunk => chunk.Count), Is.EqualTo(new[] { 1, 1, 1 }));
    }

    [Test]
    public void NoItems_NoMessage() => Assert.That(MessageChunks.Of(Array.Empty<Container>()), Is.Empty);

    private static Container Item(int number, int size) =>
        new() { Id = $"{number}", Annotations = { ["a"] = new string('x', size) } };
}
