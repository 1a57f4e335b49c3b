namespace Crisp.Ctl.CommandLine;

internal enum FlagKind
{
    /// <summary>True when given; "--flag=false" takes it back.</summary>
    Switch,

    Text,

    /// <summary>May be given several times.</summary>
    Texts,

    Number,

    /// <summary>As Go writes durations: "1m30s", "500ms"; a bare number is seconds.</summary>
    Duration,
}
