using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Crisp.Toml.Tests;

public sealed class TomlPropertyTests
{
    [Test]
    public void QuotedString_ReadsBackAsItself() =>
        Prop.ForAll<NonNull<string>>(s =>
        {
            var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(s.Get)); // lone surrogates are not text
            var read = TomlDocument.Parse($"{TomlText.Key(text)} = {TomlText.Array([text, text])}");
            return read.Entries[0].Key == text
                && read.Entries[0].Value is TomlArray { Items: [TomlString a, TomlString b] }
                && a.Value == text && b.Value == text;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void AnyText_IsReadOrRefused_NeverAnotherException()
    {
        string[] pieces = ["[", "]", "{", "}", "=", ".", ",", "a", "\"", "'", "\"\"\"",
            "\\", "\n", "\r\n", " ", "#", "1", "0x", "-", ":", "e", "_", "1979-05-27", "07:32:00", "T", "Z", "\u0001"];
        Prop.ForAll(Gen.Elements(pieces).ArrayOf().ToArbitrary(), parts =>
        {
            try
            {
                TomlDocument.Parse(Encoding.UTF8.GetBytes(string.Concat(parts)));
            }
            catch (TomlException)
            {
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60));
    }
}
