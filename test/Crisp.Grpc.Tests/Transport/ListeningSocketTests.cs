using System.Net.Sockets;
using Crisp.Grpc.Transport;

namespace Crisp.Grpc.Tests.Transport;

internal sealed class ListeningSocketTests
{
    private string _directory;
    private string _path;

    [SetUp]
    public void MakeDirectory()
    {
        _directory = Directory.CreateTempSubdirectory("crisp-socket-").FullName;
        _path = Path.Combine(_directory, "run", "x.sock");
    }

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Open_MakesTheFileForOwnerAndGroup_AndDisposeTakesItAway()
    {
        using (ListeningSocket.Open(_path))
        {
            Assert.That(Convert.ToString((int)File.GetUnixFileMode(_path), 8), Is.EqualTo("660"));
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(_path) ?? ""), Has.Length.EqualTo(1));
        }

        Assert.That(File.Exists(_path), Is.False);
    }

    [Test]
    public void Open_SomebodyAnswers_IsRefused()
    {
        using var first = ListeningSocket.Open(_path);

        Assert.That(
            () => ListeningSocket.Open(_path), Throws.InstanceOf<IOException>().With.Message.Contains("answers"));
        Assert.That(File.Exists(_path), Is.True);
    }

    [Test]
    public void Open_StaleSocket_IsReplaced()
    {
        using var first = ListeningSocket.Open(_path);
        File.Move(_path, _path + ".old");
        first.Dispose();
        File.Move(_path + ".old", _path);

        using var second = ListeningSocket.Open(_path);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        Assert.That(() => client.Connect(new UnixDomainSocketEndPoint(_path)), Throws.Nothing);
    }

    [Test]
    public void Open_OrdinaryFileInTheWay_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path) ?? "");
        File.WriteAllText(_path, "precious");

        Assert.That(
            () => ListeningSocket.Open(_path), Throws.InstanceOf<IOException>().With.Message.Contains("no socket"));
        Assert.That(File.ReadAllText(_path), Is.EqualTo("precious"));
    }

    [Test]
    public void Dispose_SuccessorListensAlready_ItsFileStays()
    {
        using var first = ListeningSocket.Open(_path);
        File.Delete(_path);
        first.Dispose();
        using var second = ListeningSocket.Open(_path);

        first.Dispose();

        Assert.That(File.Exists(_path), Is.True);
    }
}
