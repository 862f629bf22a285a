import { quoteShell } from '../command/quote-shell.ts';
import type { CommandLine, CompletedCommand, CompletedOption } from './command-line.ts';

/** A script that tells zsh what can follow: to be sourced, or put into a folder of `fpath` as `_debplan`. */
export function zshCompletion({ program, commands }: CommandLine): string {
  const name = `_${program}`;
  const described = commands.map((command) =>
    quoteShell(`${command.name}:${command.describe.replaceAll(':', '\\:')}`),
  );
  return `#compdef ${program}
# zsh completion for ${program}: source <(${program} completion zsh)
${name}() {
  local state line
  local -a commands
  _arguments -C '(- *)'{-h,--help}'[show help]' '(- *)'{-V,--version}'[show the version]' '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      commands=(
${described.map((text) => `        ${text}`).join('\n')}
      )
      _describe -t commands '${program} command' commands ;;
    argument)
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac ;;
  esac
}
if [[ \${funcstack[1]} == ${name} ]]; then ${name} "$@"; else compdef ${name} ${program}; fi
`;
}

function commandCase({ name, options, words }: CompletedCommand): string {
  const word = words.length === 0 ? '*:file:_files' : `1:word:(${words.join(' ')})`;
  const specs = [...options.flatMap(optionSpecs), quoteShell(word)];
  return `        ${name})
          _arguments -s -S \\
${specs.map((spec) => `            ${spec}`).join(' \\\n')} ;;`;
}

function optionSpecs(option: CompletedOption): readonly string[] {
  const { name, letter, value } = option;
  const about = `[${option.describe.replaceAll(/[[\]:\\]/g, '\\$&')}]`;
  const equals = value.kind === 'none' ? '' : '=';
  const rest = `${about}${action(option)}`;
  const long = quoteShell(`*--${name}${equals}${rest}`);
  return letter === '' ? [long] : [long, quoteShell(`*-${letter}${value.kind === 'none' ? '' : '+'}${rest}`)];
}

function action({ name, value }: CompletedOption): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'any':
      return `:${name}: `;
    case 'file':
      return `:${name}:_files`;
    case 'folder':
      return `:${name}:_files -/`;
    case 'names':
      return value.isList
        ? `:${name}:_values -s , ${name} ${value.names.join(' ')}`
        : `:${name}:(${value.names.join(' ')})`;
  }
}
