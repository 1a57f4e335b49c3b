namespace Crisp.Bundle.Hooks;

/// <summary>When the OCI runtime calls a hook (config.md#posix-platform-hooks).</summary>
public enum HookStage
{
    Prestart,
    CreateRuntime,
    CreateContainer,
    StartContainer,
    Poststart,
    Poststop,
}
