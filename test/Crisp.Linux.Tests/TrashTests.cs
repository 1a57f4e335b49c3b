namespace Crisp.Linux.Tests;

public sealed class TrashTests
{
    private string _directory = null!; // made by SetUp
    private readonly List<string> _stayed = [];

    private string Bin => $"{_directory}/trash";

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("crisp-trash-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Take_IsGoneAtOnce_AndDeletedAtTheLatestOnDisposal()
    {
        var trash = Open();
        for (var i = 0; i < 20; i++)
        {
            Directory.CreateDirectory($"{_directory}/tree/deeper");
            File.WriteAllText($"{_directory}/tree/deeper/file", "x");
            trash.Take($"{_directory}/tree");
            Assert.That(Directory.Exists($"{_directory}/tree"), Is.False);
        }

        await trash.DisposeAsync();
        Assert.That(Directory.EnumerateFileSystemEntries(Bin), Is.Empty);
        Assert.That(_stayed, Is.Empty);
    }

    [Test]
    public async Task Take_OfNothing_IsFine()
    {
        await using var trash = Open();
        trash.Take($"{_directory}/none");
        Assert.That(Directory.EnumerateFileSystemEntries(Bin), Is.Empty);
    }

    [Test]
    public async Task Take_OfALink_LeavesItsTarget()
    {
        Directory.CreateDirectory($"{_directory}/target/inner");
        File.CreateSymbolicLink($"{_directory}/link", $"{_directory}/target");
        await using (var trash = Open())
            trash.Take($"{_directory}/link");
        Assert.That(new FileInfo($"{_directory}/link").LinkTarget, Is.Null);
        Assert.That(Directory.Exists($"{_directory}/target/inner"), Is.True);
    }

    [Test]
    public async Task WhatAKilledDaemonLeft_IsDeleted_AndItsNameNotTakenAgain()
    {
        Directory.CreateDirectory($"{Bin}/7/left");
        File.WriteAllText($"{_directory}/file", "x");
        var trash = Open();
        trash.Take($"{_directory}/file");
        await trash.DisposeAsync();
        Assert.That(Directory.EnumerateFileSystemEntries(Bin), Is.Empty);
    }

    [Test]
    public async Task WhatCannotBeDeleted_IsTold_AndTheRestGoes()
    {
        Directory.CreateDirectory($"{_directory}/busy/mounted");
        Directory.CreateDirectory($"{_directory}/other");
        Mounts.Mount("tmpfs", "none", $"{_directory}/busy/mounted", MountFlags.None, "");
        var trash = Open();
        trash.Take($"{_directory}/busy");
        trash.Take($"{_directory}/other");
        await trash.DisposeAsync();
        Mounts.Unmount($"{Bin}/1/mounted", detach: true);
        Assert.That(_stayed, Is.EqualTo((string[])[$"{Bin}/1"]));
        Assert.That(Directory.EnumerateFileSystemEntries(Bin), Has.Exactly(1).Items);
    }

    private Trash Open()
    {
        _stayed.Clear();
        return new Trash(Bin, (path, _) => _stayed.Add(path));
    }
}
