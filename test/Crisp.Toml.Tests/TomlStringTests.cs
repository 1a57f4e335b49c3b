namespace Crisp.Toml.Tests;

public sealed class TomlStringTests
{
    [TestCase("\"\"", "")]
    [TestCase("\"a\\tb\\n\\\"\\\\\\b\\f\\r\"", "a\tb\n\"\\\b\f\r")]
    [TestCase("\"\\u00e9\\U0001F600\"", "é😀")]
    [TestCase("'C:\\n'", "C:\\n")]
    [TestCase("'tab\there'", "tab\there")]
    [TestCase("\"\"\"\none\r\ntwo\"\"\"", "one\ntwo")]
    [TestCase("\"\"\"a \\  \n\n   b\"\"\"", "a b")]
    [TestCase("\"\"\"a\\\n\"\"\"", "a")]
    [TestCase("\"\"\"\"\"\"", "")]
    [TestCase("\"\"\"\"x\"\"\"\"\"", "\"x\"\"")]
    [TestCase("\"\"\"a\"\"b\\\"\"\"\"", "a\"\"b\"")]
    [TestCase("'''\n'it''s'\\n'''", "'it''s'\\n")]
    [TestCase("'''''x'''''", "''x''")]
    public void Strings(string text, string expected) =>
        Assert.That(((TomlString)TomlDocument.Parse("a=" + text).Entries[0].Value).Value, Is.EqualTo(expected));

    [TestCase("\"open")]
    [TestCase("\"line\nbreak\"")]
    [TestCase("'line\nbreak'")]
    [TestCase("\"\"\"open\"\"")]
    [TestCase("'''open")]
    [TestCase("\"\\x41\"")]
    [TestCase("\"\\u12\"")]
    [TestCase("\"\\ud800\"")]
    [TestCase("\"\\U00110000\"")]
    [TestCase("\"nul\0\"")]
    [TestCase("\"\"\"\\ x\"\"\"")]
    [TestCase("'''six''''''")]
    public void Malformed_IsRefused(string text) =>
        Assert.Throws<TomlException>(() => TomlDocument.Parse("a=" + text));
}
