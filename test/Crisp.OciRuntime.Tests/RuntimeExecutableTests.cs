namespace Crisp.OciRuntime.Tests;

public sealed class RuntimeExecutableTests
{
    private DirectoryInfo _directory = null!; // set before each test
    private string _program = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _directory = Directory.CreateTempSubdirectory("crisp-runtime-");
        _program = Path.Combine(_directory.FullName, "runtime");
        File.Copy("/bin/sh", _program);
    }

    [TearDown]
    public void TearDown() => _directory.Delete(recursive: true);

    [Test]
    public void UnknownRuntime_IsExecutedItself() => Assert.That(new RuntimeExecutable(_program).Current(), Is.Null);

    [Test]
    public void Copy_ServesAllCalls()
    {
        var executable = Copied();
        var first = executable.Current();
        Assert.That(first, Is.Not.Null.And.EqualTo(executable.Current()));
        Assert.That(File.ReadAllBytes(first!), Is.EqualTo(File.ReadAllBytes(_program))); // not null, as just seen
    }

    [Test]
    public void UpgradedRuntime_IsCopiedAnew_AndTheCopyBeforeStillServesCallsUnderWay()
    {
        var executable = Copied();
        var old = executable.Current()!; // as the test above shows
        Replace("/bin/true");
        var current = executable.Current()!; // as the test above shows
        Assert.That(File.ReadAllBytes(current), Is.EqualTo(File.ReadAllBytes("/bin/true")));
        Assert.That(File.ReadAllBytes(old), Is.EqualTo(File.ReadAllBytes("/bin/sh")));
    }

    [Test]
    public void RuntimeThatIsGone_FailsByItsOwnPath_UntilItIsBack()
    {
        var executable = Copied();
        executable.Current();
        File.Delete(_program);
        Assert.That(executable.Current(), Is.Null);

        File.Copy("/bin/true", _program);
        Assert.That(executable.Current(), Is.Not.Null);
    }

    private RuntimeExecutable Copied()
    {
        var executable = new RuntimeExecutable(_program);
        executable.UseCopy();
        return executable;
    }

    /// <summary>As a package manager does it.</summary>
    private void Replace(string by)
    {
        var next = Path.Combine(_directory.FullName, "next");
        File.Copy(by, next);
        File.Move(next, _program, overwrite: true);
    }
}
