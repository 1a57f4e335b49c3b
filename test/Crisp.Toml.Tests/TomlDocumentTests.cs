using System.Text;

namespace Crisp.Toml.Tests;

public sealed class TomlDocumentTests
{
    [TestCase("", "")]
    [TestCase("# only a comment", "")]
    [TestCase(" \t\r\n\n", "")]
    [TestCase("a=1", "a=1")]
    [TestCase("a = 1 # one\r\nb = 2", "a=1,b=2")]
    [TestCase("1234 = 'digits'\n-_x = 1", "1234=\"digits\",-_x=1")]
    [TestCase("\"\" = 1\n'a b' = 2\n\"\\u0041\" = 3", "\"\"=1,\"a b\"=2,A=3")]
    [TestCase("a . b.\"c.d\" = 1\na.e = 2", "a={b={\"c.d\"=1},e=2}")]
    [TestCase("3.14 = 'pi'", "3={14=\"pi\"}")]
    public void Keys(string text, string expected) => Assert.That(Rendering.OfText(text), Is.EqualTo(expected));

    [TestCase("[a]\nx=1\n[b]\nx=2", "a={x=1},b={x=2}")]
    [TestCase("[a.b.c]\n[a]\nx=1", "a={b={c={}},x=1}")]
    [TestCase("[ a . 'b' ]", "a={b={}}")]
    [TestCase("[f]\na.c='red'\n[f.a.t]\ns=true", "f={a={c=\"red\",t={s=true}}}")]
    [TestCase("[[p]]\nn=1\n[[p]]\n[[p]]\nn=3", "p=[{n=1},{},{n=3}]")]
    [TestCase("[[f]]\n[f.x]\nc=1\n[[f.v]]\nn=1\n[[f.v]]\n[[f]]\n[[f.v]]", "f=[{x={c=1},v=[{n=1},{}]},{v=[{}]}]")]
    [TestCase("a = { x = 1, y.z = 'b', y.w = {} }", "a={x=1,y={z=\"b\",w={}}}")]
    [TestCase("a = [ {x=1}, {x=2} ]", "a=[{x=1},{x=2}]")]
    public void Tables(string text, string expected) => Assert.That(Rendering.OfText(text), Is.EqualTo(expected));

    [TestCase("a=[]", "a=[]")]
    [TestCase("a=[1,'x',[true]]", "a=[1,\"x\",[true]]")]
    [TestCase("a=[\n # one\n 1, # two\n\n 2,\n]", "a=[1,2]")]
    public void Arrays(string text, string expected) => Assert.That(Rendering.OfText(text), Is.EqualTo(expected));

    [TestCase("a 1", 1, 3)]
    [TestCase("a = \n", 1, 5)]
    [TestCase("= 1", 1, 1)]
    [TestCase("a = 1 b = 2", 1, 7)]
    [TestCase("\na = nonsense", 2, 5)]
    [TestCase("a.b.\"\"\"c\"\"\" = 1", 1, 5)]
    [TestCase("a=1\nb=2\na=3", 3, 1)]
    [TestCase("a=1\na.b=2", 2, 1)]
    [TestCase("[a]\n[a]", 2, 2)]
    [TestCase("a.b=1\n[a]", 2, 2)]
    [TestCase("a={}\n[a.b]", 2, 2)]
    [TestCase("a={}\na.b=1", 2, 1)]
    [TestCase("a={b={}, b.c=1}", 1, 10)]
    [TestCase("a=[]\n[[a]]", 2, 3)]
    [TestCase("a=[{}]\n[a.b]", 2, 2)]
    [TestCase("[[a]]\n[a]", 2, 2)]
    [TestCase("[a.b.c]\nz=9\n[a]\nb.c.t=1", 4, 1)]
    [TestCase("[a", 1, 3)]
    [TestCase("[]", 1, 2)]
    [TestCase("[[a]", 1, 5)]
    [TestCase("[a] x=1", 1, 5)]
    [TestCase("a={x=1,}", 1, 8)]
    [TestCase("a={x=1\n}", 1, 7)]
    [TestCase("a=[1 2]", 1, 6)]
    [TestCase("a=[1,,2]", 1, 6)]
    [TestCase("a=[1,\n\n", 3, 1)]
    [TestCase("# a bell \a", 1, 10)]
    [TestCase("a=1\rb=2", 1, 4)]
    public void Malformed_IsRefusedAtItsPosition(string text, int line, int column)
    {
        var e = Assert.Throws<TomlException>(() => TomlDocument.Parse(text))!;
        Assert.That(e.Position, Is.EqualTo(new TomlPosition(line, column)), e.Message);
    }

    [Test]
    public void Positions_OfKeysAndValues()
    {
        var table = TomlDocument.Parse("[a]\n  key = \"v\"\n");
        Assert.That(table.TryGet("a", out var a) && a.Position == new TomlPosition(1, 2));
        Assert.That(((TomlTable)a!.Value).TryGet("key", out var key));
        Assert.That(key!.Position, Is.EqualTo(new TomlPosition(2, 3)));
        Assert.That(key.Value.Position, Is.EqualTo(new TomlPosition(2, 9)));
    }

    [Test]
    public void Bytes_ByteOrderMarkIsSkipped_InvalidUtf8IsRefusedWithItsLine()
    {
        Assert.That(TomlDocument.Parse("\ufeffa=1"u8).Entries, Has.Count.EqualTo(1));
        var e = Assert.Throws<TomlException>(() => TomlDocument.Parse([.. "a=1\nb='"u8, 0xff, .. "'"u8]))!;
        Assert.That(e.Position.Line, Is.EqualTo(2));
    }

    [TestCase("a=", "[")]
    [TestCase("a=", "{b=")]
    [TestCase("", "a.")]
    public void Nesting_IsBounded(string before, string nest)
    {
        var text = before + new StringBuilder().Insert(0, nest, 100_000);
        Assert.Throws<TomlException>(() => TomlDocument.Parse(text));
    }
}
