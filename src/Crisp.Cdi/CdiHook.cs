namespace Crisp.Cdi;

/// <summary>A program that the OCI runtime calls.</summary>
internal sealed record CdiHook
{
    /// <summary>prestart, createRuntime, createContainer, startContainer, poststart or poststop.</summary>
    public string? HookName { get; init; }

    public string? Path { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Seconds.</summary>
    public int? Timeout { get; init; }
}
