using Crisp.Streaming.Spdy;
using ICSharpCode.SharpZipLib.Checksum;

namespace Crisp.Streaming.Tests.Spdy;

public class SpdyDictionaryTests
{
    [Test]
    public void Dictionary_HasTheChecksumThatAllPeersKnowItBy()
    {
        var adler = new Adler32();
        adler.Update(SpdyDictionary.Bytes);

        Assert.Multiple(() =>
        {
            Assert.That(SpdyDictionary.Bytes, Has.Length.EqualTo(1423));
            Assert.That(adler.Value, Is.EqualTo(SpdyDictionary.Adler));
        });
    }
}
