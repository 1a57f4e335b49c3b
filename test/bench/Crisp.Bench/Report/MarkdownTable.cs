using System.Text;

namespace Crisp.Bench.Report;

/// <summary>
/// The results as a Markdown table: median and spread (10th to 90th percentile) of each peer, and for every peer after
/// the first the ratio of its median to the first's.
/// </summary>
public static class MarkdownTable
{
    public static string Write(Results results, IReadOnlyList<string> peers)
    {
        var text = new StringBuilder();
        text.Append("| |");
        foreach (var peer in peers)
            text.Append($" {peer} |");
        text.AppendLine();
        text.Append("| --- |");
        foreach (var _ in peers)
            text.Append(" --- |");
        text.AppendLine();
        foreach (var figure in results.Figures)
            Row(text, results, figure, peers);
        return text.ToString();
    }

    private static void Row(StringBuilder text, Results results, Figure figure, IReadOnlyList<string> peers)
    {
        text.Append($"| {figure.Name}, {figure.Unit}{(figure.MoreIsBetter ? " (more is better)" : "")} |");
        var reference = results.Of(figure, peers[0]);
        foreach (var peer in peers)
            text.Append($" {Cell(results.Of(figure, peer), peer == peers[0] ? null : reference)} |");
        text.AppendLine();
    }

    private static string Cell(Samples? samples, Samples? reference)
    {
        if (samples is null)
            return "–";

        var spread = samples.Count == 1
            ? ""
            : $" ({Number(samples.Quantile(0.1))}–{Number(samples.Quantile(0.9))})";
        var ratio = reference is null ? "" : $" **×{samples.Median / reference.Median:0.00}**";
        return Number(samples.Median) + spread + ratio;
    }

    private static string Number(double value) => value switch
    {
        >= 100 => value.ToString("0"),
        >= 10 => value.ToString("0.0"),
        _ => value.ToString("0.00"),
    };
}
