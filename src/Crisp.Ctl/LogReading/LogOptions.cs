namespace Crisp.Ctl.LogReading;

/// <summary>What of a log is wanted, and how.</summary>
internal sealed record LogOptions
{
    public bool Follow { get; init; }

    /// <summary>So many lines from the end; null is all.</summary>
    public long? Tail { get; init; }

    /// <summary>Bytes of content after which to stop; null is no limit.</summary>
    public long? LimitBytes { get; init; }

    public DateTimeOffset? Since { get; init; }

    public bool Timestamps { get; init; }

    /// <summary>"stdout" or "stderr"; empty is both.</summary>
    public string Stream { get; init; } = "";
}
