import { quoteShell } from '../command/quote-shell.ts';
import type { CommandLine, CompletedCommand, CompletedOption } from './command-line.ts';

/** A script that tells bash what can follow: to be sourced, or put where bash-completion looks. */
export function bashCompletion({ program, commands }: CommandLine): string {
  const name = `_${program}`;
  return `# bash completion for ${program}: source <(${program} completion bash)
${name}_names() { # what was typed of a list, the names
  local done=
  case $1 in *,*) done=\${1%,*}, ;; esac
  mapfile -t COMPREPLY < <(compgen -P "$done" -W "$2" -- "\${1##*,}")
}
${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} word command= index
  # bash takes --option=value for three words
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    case $word in -*) ;; *) command=$word; break ;; esac
  done
  case $command in
    '') mapfile -t COMPREPLY < <(compgen -W ${quoteShell([...commands.map((command) => command.name), '--help', '--version'].join(' '))} -- "$cur") ;;
${commands.map((command) => commandCase(command, name)).join('\n')}
  esac
}
complete -o filenames -o bashdefault -F ${name} ${program}
`;
}

function commandCase({ name, options, words }: CompletedCommand, prefix: string): string {
  const long = options.map((option) => `--${option.name}`);
  const other =
    words.length === 0
      ? 'mapfile -t COMPREPLY < <(compgen -f -- "$cur")'
      : `mapfile -t COMPREPLY < <(compgen -W ${quoteShell(words.join(' '))} -- "$cur")`;
  return `    ${name})
      case $prev in
${options.flatMap((option) => valueCase(option, prefix)).join('\n')}
        *)
          case $cur in
            -*) mapfile -t COMPREPLY < <(compgen -W ${quoteShell(long.join(' '))} -- "$cur") ;;
            *) ${other} ;;
          esac ;;
      esac ;;`;
}

function valueCase({ name, letter, value }: CompletedOption, prefix: string): readonly string[] {
  const pattern = `        --${name}${letter === '' ? '' : `|-${letter}`})`;
  switch (value.kind) {
    case 'none':
      return [];
    case 'any':
      return [`${pattern} ;;`];
    case 'file':
      return [`${pattern} mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;`];
    case 'folder':
      return [`${pattern} mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;`];
    case 'names':
      return value.isList
        ? [`${pattern} ${prefix}_names "$cur" ${quoteShell(value.names.join(' '))} ;;`]
        : [
            `${pattern} mapfile -t COMPREPLY < <(compgen -W ${quoteShell(value.names.join(' '))} -- "$cur") ;;`,
          ];
  }
}
