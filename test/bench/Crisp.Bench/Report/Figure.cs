namespace Crisp.Bench.Report;

/// <summary>One row of the table: what is measured, in which unit, whether more is better, and what to reach.</summary>
/// <param name="Name">The row's title.</param>
/// <param name="Unit">ms, MB, MB/s …</param>
/// <param name="MoreIsBetter">A throughput; otherwise a time or a size.</param>
public sealed record Figure(string Name, string Unit, bool MoreIsBetter = false);
