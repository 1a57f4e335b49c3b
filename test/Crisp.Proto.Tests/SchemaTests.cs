using Google.Protobuf.Reflection;
using Runtime.V1;

namespace Crisp.Proto.Tests;

/// <summary>What protoc compiled is the contract, row by row, and nothing else.</summary>
internal sealed class SchemaTests
{
    private static readonly IReadOnlyList<SchemaRow> s_written =
        SchemaFile.Read(Path.Combine(AppContext.BaseDirectory, "v1-schema.txt"));

    private static readonly FileDescriptor s_file = VersionRequest.Descriptor.File;

    private static readonly IReadOnlyList<SchemaRow> s_compiled = CompiledSchema.Read(s_file);

    [Test]
    public void Schema_IsNotEmpty() => Assert.That(s_written, Has.Count.GreaterThan(700));

    [Test]
    public void Compiled_LacksNothing() => Assert.That(s_written.Except(s_compiled), Is.Empty);

    [Test]
    public void Compiled_HasNothingMore() => Assert.That(s_compiled.Except(s_written), Is.Empty);

    [Test]
    public void Compiled_HasNothingTwice() => Assert.That(s_compiled, Is.Unique);

    [Test]
    public void Package_IsTheOneThatClientsName() => Assert.That(s_file.Package, Is.EqualTo("runtime.v1"));
}
