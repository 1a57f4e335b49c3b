using System.Text;
using Crisp.Ctl.Streaming;

namespace Crisp.Ctl.Tests.Streaming;

public sealed class DetachKeysTests
{
    [TestCase("abc", "abc", false)]
    [TestCase("a\u0011b", "a\u0011b", false)]
    [TestCase("a\u0010b", "a\u0010b", false)]
    [TestCase("\u0010\u0010\u0010a", "\u0010\u0010\u0010a", false)]
    [TestCase("a\u0010\u0011b", "a", true)]
    [TestCase("\u0010\u0010\u0011", "\u0010", true)]
    public void Pass_Keys_AreTheContainersUnlessBothWereTyped(string typed, string passed, bool areTyped)
    {
        foreach (int piece in new[] { 1, typed.Length })
        {
            DetachKeys keys = new();
            StringBuilder seen = new();
            foreach (char[] part in typed.Chunk(piece))
            {
                if (!keys.AreTyped)
                    seen.Append(Encoding.ASCII.GetString(keys.Pass(Encoding.ASCII.GetBytes(part)).Span));
            }

            Assert.That((seen.ToString(), keys.AreTyped), Is.EqualTo((passed, areTyped)), $"{piece} at a time");
        }
    }

    [Test]
    public void Pass_FirstKeyOfTheTwo_WaitsForTheNext() =>
        Assert.That(new DetachKeys().Pass("a\u0010"u8).ToArray(), Is.EqualTo("a"u8.ToArray()));
}
