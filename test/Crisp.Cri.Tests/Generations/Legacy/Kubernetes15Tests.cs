using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Cri.Tests.Generations.Legacy;

/// <summary>
/// The seed's layout, every RPC and every field, in messages that protoc's own classes for it send and read.
/// </summary>
public sealed class Kubernetes15Tests : LegacyFixture
{
    private static IEnumerable<string> Rpcs => GoldenExchange.Rpcs;

    [TestCaseSource(nameof(Rpcs))]
    public async Task Request_IsWhatV1IsAsked(string rpc)
    {
        var golden = GoldenExchange.Read(rpc);
        V1.WillAnswer(golden.Answer);

        await CallAsync(rpc, golden);

        Assert.That(V1.Request, Is.EqualTo(golden.Request));
    }

    [TestCaseSource(nameof(Rpcs))]
    public async Task Answer_IsWhatV1Says_WithEveryFieldThere(string rpc)
    {
        var golden = GoldenExchange.Read(rpc);
        V1.WillAnswer(golden.Answer);

        var answer = golden.LegacyAnswer.Descriptor.Parser.ParseFrom(await CallAsync(rpc, golden));

        Assert.That(answer, Is.EqualTo(golden.LegacyAnswer));
    }

    [Test]
    public void EveryRpc_HasItsGoldenExchange() =>
        Assert.That(
            Rpcs, Is.EquivalentTo(File.Services.SelectMany(service => service.Methods).Select(method => method.Name)));

    [Test]
    public void EveryField_IsInAGoldenExchange()
    {
        var exchanges = Rpcs.Select(GoldenExchange.Read).ToList();
        var used = exchanges.SelectMany(golden => new[] { golden.LegacyRequest, golden.LegacyAnswer })
            .SelectMany(FieldsIn).ToHashSet();

        Assert.That(
            File.MessageTypes.SelectMany(message => message.Fields.InDeclarationOrder())
                .Select(field => field.FullName).Except(used),
            Is.Empty);
    }

    private static FileDescriptor File => global::Runtime.Legacy.VersionRequest.Descriptor.File;

    private Task<byte[]> CallAsync(string rpc, GoldenExchange golden) =>
        Legacy.CallAsync($"/{GoldenExchange.Method(File, rpc).Service.FullName}/{rpc}", golden.LegacyRequest);

    private static IEnumerable<string> FieldsIn(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            var isThere = value is System.Collections.ICollection many
                ? many.Count > 0
                : field.Accessor.HasValue(message);
            if (!isThere)
                continue;
            yield return field.FullName;
            IEnumerable<IMessage> below = field switch
            {
                { IsMap: true } => [],
                { IsRepeated: true } => ((System.Collections.IEnumerable)value).OfType<IMessage>(),
                _ => value is IMessage one ? [one] : [],
            };
            foreach (var inner in below.SelectMany(FieldsIn))
                yield return inner;
        }
    }
}
