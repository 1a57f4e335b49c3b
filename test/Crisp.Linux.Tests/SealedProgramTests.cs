using System.Text;

namespace Crisp.Linux.Tests;

[CancelAfter(20_000)]
public sealed class SealedProgramTests
{
    private const string Shell = "/bin/sh";

    private DirectoryInfo _directory = null!; // set before each test
    private EventLoop _loop = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _directory = Directory.CreateTempSubdirectory("crisp-sealed-");
        _loop = EventLoop.Start();
    }

    [TearDown]
    public void TearDown()
    {
        _loop.Dispose();
        _directory.Delete(recursive: true);
    }

    [Test]
    public async Task Copy_RunsInThePlaceOfItsProgram_UnderItsName(CancellationToken ct)
    {
        using var copy = Copy(Shell);
        var result = await new ProgramRunner(_loop).RunAsync(
            new ProgramRun
            {
                Spawn = new SpawnRequest
                {
                    Program = "/name",
                    Executable = copy.Path,
                    Arguments = ["-c", "echo $0; readlink /proc/$$/exe"],
                },
            },
            ct);
        Assert.That(Encoding.UTF8.GetString(result.Stdout), Is.EqualTo("/name\n/memfd:sh (deleted)\n"));
    }

    /// <summary>The daemon whose copy it was has ended, for instance.</summary>
    [Test]
    public async Task CopyThatIsGone_LeavesTheProgramItself(CancellationToken ct)
    {
        var result = await new ProgramRunner(_loop).RunAsync(
            new ProgramRun
            {
                Spawn = new SpawnRequest
                {
                    Program = Shell,
                    Executable = Path.Combine(_directory.FullName, "absent"),
                    Arguments = ["-c", "echo $0"],
                },
            },
            ct);
        Assert.That(Encoding.UTF8.GetString(result.Stdout), Is.EqualTo($"{Shell}\n"));
    }

    [Test]
    public void Copy_CannotBeChanged_ByAnybody()
    {
        using var copy = Copy(Shell);
        using var file = FileDescriptor.Open(copy.Path, OpenFlags.ReadWrite);
        Assert.Multiple(() =>
        {
            Assert.That(file.Write("x"u8, out _), Is.EqualTo(Errno.EPERM));
            Assert.That(File.ReadAllBytes(copy.Path), Is.EqualTo(File.ReadAllBytes(Shell)));
        });
    }

    [Test]
    public void Script_IsNotCopied() =>
        Assert.That(SealedProgram.TryCopy(InDirectory("script", "#!/bin/sh\n")), Is.Null);

    [Test]
    public void WhatIsNotThere_IsNotCopied() =>
        Assert.That(SealedProgram.TryCopy(Path.Combine(_directory.FullName, "absent")), Is.Null);

    [Test]
    public void ReplacedProgram_IsNotTheOneThatWasCopied()
    {
        var program = Path.Combine(_directory.FullName, "program");
        File.Copy(Shell, program);
        using var copy = Copy(program);
        Assert.That(copy.IsCopyOf(program), Is.True);

        File.Move(InDirectory("new", "another"), program, overwrite: true);
        Assert.That(copy.IsCopyOf(program), Is.False);

        File.Delete(program);
        Assert.That(copy.IsCopyOf(program), Is.False);
    }

    /// <summary>Kernels before 6.3 and hosts with SELinux differ; neither builds crisp.</summary>
    private static SealedProgram Copy(string path) => SealedProgram.TryCopy(path)!; // asserted by every use

    private string InDirectory(string name, string content)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
