namespace Crisp.Bench.Report;

/// <summary>What was measured of one thing, one number a run; reported as median and spread.</summary>
public sealed class Samples
{
    private readonly List<double> values = [];

    public int Count => values.Count;

    public double Median => Quantile(0.5);

    public double Minimum => values.Min();

    public double Maximum => values.Max();

    public void Add(double value) => values.Add(value);

    /// <summary>The value below which the given share of the samples lies, interpolated between neighbours.</summary>
    public double Quantile(double share)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            throw new InvalidOperationException("nothing was measured");

        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
