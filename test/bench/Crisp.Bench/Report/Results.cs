namespace Crisp.Bench.Report;

/// <summary>Every sample of every figure and peer, in the order in which the figures first came.</summary>
public sealed class Results
{
    private readonly List<Figure> figures = [];
    private readonly Dictionary<(string Figure, string Peer), Samples> samples = [];

    public IReadOnlyList<Figure> Figures => figures;

    public void Add(Figure figure, string peer, double value)
    {
        if (!figures.Contains(figure))
            figures.Add(figure);
        if (!samples.TryGetValue((figure.Name, peer), out var own))
            samples[(figure.Name, peer)] = own = new Samples();
        own.Add(value);
    }

    public Samples? Of(Figure figure, string peer) => samples.GetValueOrDefault((figure.Name, peer));
}
