using Crisp.Errors;
using Crisp.Pods.Records;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Records;

public sealed class RecordFileTests
{
    private string _path = "";

    [SetUp]
    public void MakeDirectory() =>
        _path = Path.Combine(Directory.CreateTempSubdirectory("crisp-record-").FullName, FileNames.Record);

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true); // SetUp made it

    [Test]
    public void Read_Written_IsTheSame()
    {
        var record = TemporaryNode.ContainerRecord(ContainerStage.Running) with
        {
            StartedAtNanos = long.MaxValue,
            Message = "a \"quoted\" line\nand ünïcode \u0001",
            Process = new ProcessIdentity { Pid = 7, StartTime = ulong.MaxValue, BootId = "b" },
            User = new ContainerUserStatus(1, 2, [3, 4]),
        };
        Write(record);
        var read = Read();
        Assert.That(read! with { User = record.User }, Is.EqualTo(record)); // a failing comparison shows both
        Assert.That(read.User.SupplementalGroups, Is.EqualTo(record.User.SupplementalGroups));
    }

    [Test]
    public void Read_Missing_IsNull() => Assert.That(Read(), Is.Null);

    [Test]
    public void Read_CutAnywhere_IsNull()
    {
        Write(TemporaryNode.ContainerRecord(ContainerStage.Created));
        var whole = File.ReadAllBytes(_path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            Assert.That(Read(), Is.Null, $"cut at {length}");
        }
    }

    [Test]
    public void Read_OneByteChanged_IsNull()
    {
        Write(TemporaryNode.ContainerRecord(ContainerStage.Created));
        File.WriteAllText(_path, File.ReadAllText(_path).Replace("Created\"", "Running\""));
        Assert.That(Read(), Is.Null);
    }

    [Test]
    public void Read_ZeroedByAPowerCut_IsNull()
    {
        File.WriteAllBytes(_path, new byte[512]);
        Assert.That(Read(), Is.Null);
    }

    [Test]
    public void Read_OfANewerCrisp_StopsWithASentence()
    {
        File.WriteAllText(_path, """{"schema":2,"something":"else"}""");
        Assert.That(() => Read(), Throws.TypeOf<CrispException>()
            .With.Property("Kind")
            .EqualTo(ErrorKind.FailedPrecondition).And.Message.Contains("newer crisp (schema 2, this one knows 1)"));
    }

    private void Write(ContainerRecord record) => RecordFile.Write(_path, record, RecordJson.Default.ContainerRecord);

    private ContainerRecord? Read() => RecordFile.Read(_path, RecordJson.Default.ContainerRecord);
}
