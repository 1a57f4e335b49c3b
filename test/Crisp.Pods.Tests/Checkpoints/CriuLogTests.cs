using Crisp.Pods.Checkpoints;

namespace Crisp.Pods.Tests.Checkpoints;

/// <summary>Lines as criu 3.17.1 wrote them when a connection's address was another pod's.</summary>
public sealed class CriuLogTests
{
    private string _path = null!; // set before each test

    [SetUp]
    public void MakePath() => _path = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_path);

    [Test]
    public void FirstErrors_OfAFailedRestore_BeginWithTheCause()
    {
        File.WriteAllText(_path, """
            (00.348942)      6: Restoring TCP connection id 8 ino 2f16
            (00.349449)      6: Error (soccr/soccr.c:499): Can't bind inet socket back: Cannot assign requested address
            (00.349813)      6: Error (criu/files.c:1213): Unable to open fd=0 id=0x8
            (00.354122)      1: Error (criu/cr-restore.c:1495): 6 exited, status=1
            (00.358693) Error (criu/cr-restore.c:2537): Restoring FAILED.
            """);

        Assert.That(CriuLog.FirstErrors(_path), Is.EqualTo(
            "Error (soccr/soccr.c:499): Can't bind inet socket back: Cannot assign requested address; "
            + "Error (criu/files.c:1213): Unable to open fd=0 id=0x8; "
            + "Error (criu/cr-restore.c:1495): 6 exited, status=1"));
    }

    [Test]
    public void FirstErrors_OfALongLine_AreCut()
    {
        File.WriteAllText(_path, "Error " + new string('x', 100_000));

        Assert.That(CriuLog.FirstErrors(_path), Has.Length.EqualTo(500));
    }

    [Test]
    public void FirstErrors_OfALogWithoutAny_OrOfNone_AreEmpty()
    {
        File.WriteAllText(_path, "(00.645046) Dumping finished successfully\n");

        Assert.That(CriuLog.FirstErrors(_path), Is.Empty);
        Assert.That(CriuLog.FirstErrors(_path + ".none"), Is.Empty);
    }
}
