using Crisp.Linux;
using Crisp.Monitor.Attachers;

namespace Crisp.Monitor.Tests;

/// <summary>
/// A daemon that cannot be told of an attacher's end is gone, which removes its attachers in the middle of that.
/// </summary>
public sealed class AttachmentsTests
{
    private const ulong Gone = 16;
    private const ulong Other = 17;

    private readonly byte[] _tooMuch = new byte[AttachedOutput.MaxBacklogBytes / 4];
    private Epoll _epoll = null!; // made by SetUp
    private Attachments _attachments = null!; // made by SetUp

    [SetUp]
    public void SetUp()
    {
        _epoll = new Epoll();
        _attachments = new Attachments(_epoll, (connection, _) => _attachments.RemoveAllOf(connection));
    }

    [TearDown]
    public void TearDown()
    {
        _attachments.Dispose();
        _epoll.Dispose();
    }

    [Test]
    public void CutOff_OfADaemonThatIsGone_LeavesTheOthers()
    {
        using var slow = Attach(Gone, 1);
        using var idle = Attach(Gone, 2, isStderr: true);
        using var other = Attach(Other, 3, isStderr: true);
        for (var i = 0; i < 6; i++)
            _attachments.Write(isStderr: false, _tooMuch);
        Assert.That(
            (_attachments.Find(Gone, 1), _attachments.Find(Gone, 2), _attachments.Find(Other, 3)?.Id),
            Is.EqualTo((null as Attachment, null as Attachment, 3u)));
    }

    [Test]
    public void End_OfADaemonThatIsGone_EndsTheOthersToo()
    {
        using var one = Attach(Gone, 1);
        using var two = Attach(Gone, 2);
        using var other = Attach(Other, 3);
        List<uint> told = [];
        _attachments.EndAll((connection, id) =>
        {
            told.Add(id);
            if (connection == Gone)
                _attachments.RemoveAllOf(connection);
        });
        Assert.That(told, Is.EqualTo(new[] { 1u, 3u }));
        Assert.That(_attachments.Find(Other, 3), Is.Null);
    }

    private FileDescriptor Attach(ulong connection, uint id, bool isStderr = false) =>
        _attachments.Open(_attachments.Add(connection, id), isStderr);
}
