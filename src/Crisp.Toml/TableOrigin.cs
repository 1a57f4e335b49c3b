namespace Crisp.Toml;

/// <summary>How a table came to be, which decides what later text may still add to it (TOML 1.0, "Table").</summary>
internal enum TableOrigin
{
    /// <summary>Named on the way by a longer header; its own header may still follow, once.</summary>
    Implied,

    /// <summary>Has its own header, or is the root or an element of <c>[[name]]</c>.</summary>
    Header,

    /// <summary>
    /// Made by a dotted key: further dotted keys and sub-table headers may extend it, its own header not.
    /// </summary>
    DottedKey,

    /// <summary>Written in braces: closed.</summary>
    Inline,
}
