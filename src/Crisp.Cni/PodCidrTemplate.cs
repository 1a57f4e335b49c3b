using System.Net;
using System.Net.Sockets;
using System.Text;
using Crisp.Cni.Configuration;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Cni;

/// <summary>
/// Writes a CNI configuration from an administrator's template when kubelet says which addresses the node's pods get
/// (UpdateRuntimeConfig). Three words of the template are replaced, two of them by JSON:
/// <code>
/// {{.PodCIDR}}        10.1.2.0/24                       the first of them
/// {{.PodCIDRRanges}}  [[{"subnet":"10.1.2.0/24"}],…]    host-local's "ranges"
/// {{.Routes}}         [{"dst":"0.0.0.0/0"},…]           a default route of each family
/// </code>
/// </summary>
/// <param name="template">The template's path; empty: there is none, and nothing is written.</param>
/// <param name="directory">The directory of CNI configurations.</param>
public sealed class PodCidrTemplate(string template, string directory)
{
    public const string FileName = "10-crisp-net.conflist";

    private const int Readable = 0b110_100_100;

    /// <param name="podCidr">One range, or one for each family with a comma between; empty: kubelet knows none
    /// yet.</param>
    /// <exception cref="CrispException">InvalidArgument for what is no range; FailedPrecondition for a template that
    /// makes no configuration.</exception>
    public void Apply(string podCidr)
    {
        var ranges = podCidr.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var range in ranges)
            Validate(range);
        if (template.Length == 0 || ranges.Length == 0) return;
        var configuration = Encoding.UTF8.GetBytes(Fill(ReadTemplate(), ranges));
        Check(configuration);
        var path = Path.Combine(directory, FileName);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(configuration)) return;
        Directory.CreateDirectory(directory);
        AtomicFile.Write(path, configuration, Readable);
    }

    internal static string Fill(string text, IReadOnlyList<string> ranges) => text
        .Replace("{{.PodCIDRRanges}}",
            $"[{string.Join(",", ranges.Select(range => $$"""[{"subnet":"{{range}}"}]"""))}]", StringComparison.Ordinal)
        .Replace(
            "{{.Routes}}",
            $"[{string.Join(",", ranges.Select(DefaultRoute).Distinct().Select(route => $$"""{"dst":"{{route}}"}"""))}]", StringComparison.Ordinal)
        .Replace("{{.PodCIDR}}", ranges[0], StringComparison.Ordinal);

    private static string DefaultRoute(string range) => range.Contains(':') ? "::/0" : "0.0.0.0/0";

    private static void Validate(string range)
    {
        if (range.Split('/') is not [var address, var length]
            || !IPAddress.TryParse(address, out var parsed)
            || !int.TryParse(length, out var bits)
            || bits < 0 || bits > (parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
            throw CrispException.InvalidArgument(
                "runtime_config.network_config.pod_cidr", $"\"{range}\" is not an address range such as 10.1.2.0/24");
    }

    private string ReadTemplate()
    {
        try
        {
            return File.ReadAllText(template);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"the CNI template {template} (cni_template) cannot be read: {e.Message}", e);
        }
    }

    private void Check(byte[] configuration)
    {
        try
        {
            NetworkConfigurationList.Parse(configuration);
        }
        catch (FormatException e)
        {
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"the CNI template {template} (cni_template) makes no usable configuration: {e.Message}", e);
        }
    }
}
