using Google.Protobuf.Reflection;

namespace Crisp.Proto.Tests;

/// <summary>What protoc compiled is the contract, row by row, and nothing else.</summary>
[TestFixtureSource(nameof(Generations))]
internal sealed class SchemaTests(string schema, FileDescriptor file)
{
    private readonly IReadOnlyList<SchemaRow> _written =
        SchemaFile.Read(Path.Combine(AppContext.BaseDirectory, $"{schema}-schema.txt"));

    private readonly IReadOnlyList<SchemaRow> _compiled = CompiledSchema.Read(file);

    public static IEnumerable<TestFixtureData> Generations =>
    [
        new TestFixtureData("v1", global::Runtime.V1.VersionRequest.Descriptor.File).SetArgDisplayNames("v1"),
        new TestFixtureData("v1alpha2", global::Runtime.V1Alpha2.VersionRequest.Descriptor.File)
            .SetArgDisplayNames("v1alpha2"),
        new TestFixtureData("legacy", global::Runtime.Legacy.VersionRequest.Descriptor.File)
            .SetArgDisplayNames("legacy"),
    ];

    [Test]
    public void Schema_IsNotEmpty() => Assert.That(_written, Has.Count.GreaterThan(280));

    [Test]
    public void Compiled_LacksNothing() => Assert.That(_written.Except(_compiled), Is.Empty);

    [Test]
    public void Compiled_HasNothingMore() => Assert.That(_compiled.Except(_written), Is.Empty);

    [Test]
    public void Compiled_HasNothingTwice() => Assert.That(_compiled, Is.Unique);

    [Test]
    public void Package_IsTheOneThatClientsName() =>
        Assert.That(file.Package, Is.EqualTo(schema == "legacy" ? "runtime" : $"runtime.{schema}"));
}
