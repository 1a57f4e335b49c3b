using System.Globalization;
using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.Streaming;

/// <summary>A port of this machine (0: any that is free) and the pod's port that it stands for.</summary>
internal readonly record struct ForwardedPort(ushort Local, ushort Remote)
{
    /// <summary>"8080:80", "80" for the same port here, ":80" for any.</summary>
    internal static ForwardedPort Parse(string text)
    {
        var (local, remote) = text.Split(':') switch
        {
            [var both] => (both, both),
            ["", var only] => ("0", only),
            [var here, var there] => (here, there),
            _ => ("", ""),
        };
        return TryNumber(local, out var from) && TryNumber(remote, out var to) && to != 0
            ? new ForwardedPort(from, to)
            : throw new UsageException(
                $"\"{text}\" is no port; write PORT, LOCAL-PORT:PORT or :PORT, with numbers up to 65535");
    }

    private static bool TryNumber(string text, out ushort number) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
