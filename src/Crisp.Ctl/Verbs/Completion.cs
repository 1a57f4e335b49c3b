using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.Verbs;

internal sealed class Completion : Verb
{
    internal override string Name => "completion";

    internal override string Summary => "Print a completion script for a shell";

    internal override string Arguments => "[bash|zsh|fish]";

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var shell = call.Expect(0, 1, "") is [var named] ? named : "bash";
        await call.Text.WriteAsync(shell switch
        {
            "bash" => Bash(),
            "zsh" => $"autoload -U +X bashcompinit && bashcompinit\n{Bash()}",
            "fish" => Fish(),
            _ => throw new UsageException($"there are completions for bash, zsh and fish, not for \"{shell}\""),
        });
        return 0;
    }

    private static string Bash()
    {
        var cases = VerbList.All.Select(verb =>
            $"        {string.Join('|', [verb.Name, .. verb.Aliases])}) words=\"{Words(verb.Flags)}\" ;;\n");
        return $$"""
            # completion of crispctl for bash: source <(crispctl completion bash)
            _crispctl() {
                local word=${COMP_WORDS[COMP_CWORD]} verb= words i
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case ${COMP_WORDS[i]} in
                    -r|-i|-t|-c|--runtime-endpoint|--image-endpoint|--timeout|--config) ((i++)) ;;
                    -*) ;;
                    *) verb=${COMP_WORDS[i]}; break ;;
                    esac
                done
                case $verb in
                    "") words="{{string.Join(' ', VerbList.All.Select(verb => verb.Name))}} {{Words(GlobalFlags.All)}}" ;;
            {{string.Concat(cases)}}    esac
                if [[ -n $verb && $word != -* ]]; then
                    COMPREPLY=($(compgen -f -- "$word"))
                else
                    COMPREPLY=($(compgen -W "$words" -- "$word"))
                fi
            }
            complete -o filenames -F _crispctl crispctl

            """;
    }

    private static string Fish() => string.Concat(VerbList.All.SelectMany(verb =>
        verb.Flags.Select(flag =>
                $"complete -c crispctl -n '__fish_seen_subcommand_from {verb.Name}' -l {flag.Name}{(flag.Letter is { } letter ? $" -s {letter}" : "")} -d {Quoted(flag.Summary)}\n")
            .Prepend($"complete -c crispctl -n __fish_use_subcommand -a {verb.Name} -d {Quoted(verb.Summary)}\n")));

    private static string Words(IEnumerable<Flag> flags) => string.Join(' ', flags.Select(flag => $"--{flag.Name}"));

    private static string Quoted(string text) => $"'{text.Replace("'", "\\'")}'";
}
