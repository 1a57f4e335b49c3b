using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Google.Protobuf.Collections;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class ImageFsInfo : Verb
{
    internal override string Name => "imagefsinfo";

    internal override string Summary => "Show what images and containers occupy";

    internal override IReadOnlyList<Flag> Flags { get; } = [OutputFormat.Flag("json")];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var images = await call.ImagesAsync(ct);
        var answer = await call.CallAsync(
            "ImageFsInfo", options => images.ImageFsInfoAsync(new ImageFsInfoRequest(), options), ct);
        if (OutputFormat.IsTable(call))
        {
            WriteTable(call.Text, "Container", answer.ContainerFilesystems);
            WriteTable(call.Text, "Image", answer.ImageFilesystems);
        }
        else
        {
            await OutputFormat.WriteAsync(call, StatusTree.Combine([StatusTree.Of(MessageJson.Of(answer), [])]));
        }

        return 0;
    }

    private static void WriteTable(TextWriter text, string what, RepeatedField<FilesystemUsage> filesystems)
    {
        text.WriteLine($"{what} Filesystem");
        for (var i = 0; i < filesystems.Count; i++)
        {
            text.WriteLine($"TimeStamp[{i}]: {filesystems[i].Timestamp}");
            text.WriteLine($"Disk[{i}]: {HumanSize.Of(filesystems[i].UsedBytes?.Value ?? 0)}");
            text.WriteLine($"Inodes[{i}]: {filesystems[i].InodesUsed?.Value ?? 0}");
            text.WriteLine($"Mountpoint[{i}]: {filesystems[i].FsId?.Mountpoint}");
        }
    }
}
