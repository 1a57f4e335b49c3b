namespace Crisp.Ctl.Configuration;

/// <summary>Where to connect and how, from command line, environment and file, in this order.</summary>
internal sealed record ClientSettings
{
    /// <summary>Where the others were read from, if it is there.</summary>
    public string File { get; init; } = "";

    /// <summary>Null: try <see cref="Endpoint.Defaults"/>.</summary>
    public Endpoint? RuntimeEndpoint { get; init; }

    /// <summary>Null: the runtime's.</summary>
    public Endpoint? ImageEndpoint { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For each call; null is no limit.</summary>
    public TimeSpan? CallTimeout { get; init; }

    public bool Debug { get; init; }

    /// <summary>"create" pulls the image first.</summary>
    public bool PullImageOnCreate { get; init; }

    /// <summary>"run" does not pull the image.</summary>
    public bool DisablePullOnRun { get; init; }
}
