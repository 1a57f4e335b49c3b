using System.Formats.Tar;
using Crisp.Pods.Checkpoints;

namespace Crisp.Pods.Tests.Checkpoints;

internal sealed class RootDiffTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("crisp-diff-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Write_TakesFilesLinksAndModes_AndFollowsNothing()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "etc"));
        File.WriteAllText(Path.Combine(_directory, "etc/file"), "content");
        File.SetUnixFileMode(Path.Combine(_directory, "etc/file"), (UnixFileMode)0x1a0);
        File.CreateSymbolicLink(Path.Combine(_directory, "etc/out"), "/etc/shadow");

        Dictionary<string, TarEntry> entries = Write().ToDictionary(entry => entry.Name);

        Assert.That(entries.Keys, Is.EqualTo(new[] { "etc/", "etc/file", "etc/out" }));
        Assert.That(entries["etc/file"].Mode, Is.EqualTo((UnixFileMode)0x1a0));
        Assert.That(entries["etc/file"].Length, Is.EqualTo(7));
        Assert.That(entries["etc/out"].EntryType, Is.EqualTo(TarEntryType.SymbolicLink));
        Assert.That(entries["etc/out"].LinkName, Is.EqualTo("/etc/shadow"));
    }

    private List<TarEntry> Write()
    {
        using MemoryStream content = new();
        using (TarWriter archive = new(content, TarEntryFormat.Pax, leaveOpen: true))
            new RootDiff(_directory, archive).Write();
        content.Position = 0;
        using TarReader reader = new(content);
        List<TarEntry> entries = [];
        while (reader.GetNextEntry(copyData: true) is { } entry)
            entries.Add(entry);
        return entries;
    }
}
