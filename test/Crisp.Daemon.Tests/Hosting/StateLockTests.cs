using Crisp.Daemon.Hosting;

namespace Crisp.Daemon.Tests.Hosting;

public sealed class StateLockTests
{
    [Test]
    public void SecondDaemon_IsRefused_UntilTheFirstEnds()
    {
        using var directory = new TemporaryDirectory();
        var root = directory.Path + "/state";
        using (StateLock.Take(root, directory.Path + "/run"))
        {
            var e = Assert.Throws<StartException>(() => StateLock.Take(root))!;
            Assert.That((e.ExitCode, e.Message), Is.EqualTo((ExitCodes.StateLocked,
                $"another crisp works on {root}; stop it, or give this one directories of its own")));
        }

        Assert.That(() => StateLock.Take(root).Dispose(), Throws.Nothing);
    }

    [Test]
    public void DirectoryThatCannotBeMade_IsASentence()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("file", "");
        var e = Assert.Throws<StartException>(() => StateLock.Take(file))!;
        Assert.That(e.Message, Does.StartWith($"{file} cannot be used: "));
    }
}
