using Crisp.Errors;
using Crisp.Linux;
using Crisp.Pods.Recovery;

namespace Crisp.Pods.Tests.Recovery;

public sealed class StateLockTests
{
    [Test]
    public void Take_Held_IsRefusedWithTheHolder()
    {
        string directory = Directory.CreateTempSubdirectory("crisp-lock-").FullName;
        string path = Path.Combine(directory, "crisp.lock");
        using (FileDescriptor held = StateLock.Take(path))
        {
            Assert.That(() => StateLock.Take(path), Throws.TypeOf<CrispException>()
                .With.Property("Kind").EqualTo(ErrorKind.FailedPrecondition)
                .And.Message.Contains($"{directory} is in use by another crisp (process {Environment.ProcessId})"));
        }

        StateLock.Take(path).Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
