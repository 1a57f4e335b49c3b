using Crisp.Errors;

namespace Crisp.Cni;

/// <summary>A plugin that did not do what a verb asked for, in its own words where it had any.</summary>
public sealed class CniException : CrispException
{
    public CniException(ErrorKind kind, string message, Exception? innerException = null)
        : base(kind, message, innerException)
    {
    }

    /// <summary>The plugin's type, as the configuration names it.</summary>
    public required string Plugin { get; init; }

    /// <summary>ADD, CHECK, DEL, STATUS or GC.</summary>
    public required string Verb { get; init; }

    /// <summary>The code of the plugin's JSON error; null when it gave none. See <see cref="CniErrorCode"/>.</summary>
    public int? Code { get; init; }

    /// <summary>"msg" of the plugin's JSON error.</summary>
    public string? PluginMessage { get; init; }

    /// <summary>"details" of the plugin's JSON error.</summary>
    public string? Details { get; init; }

    /// <summary>The same failure with one more sentence, such as that the cleanup after it failed too.</summary>
    internal CniException WithNote(string note) => new(Kind, $"{Message}; {note}", InnerException ?? this)
    {
        Plugin = Plugin,
        Verb = Verb,
        Code = Code,
        PluginMessage = PluginMessage,
        Details = Details,
    };
}
