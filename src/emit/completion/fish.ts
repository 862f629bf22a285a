import type { CommandLine, CompletedCommand, CompletedOption } from './command-line.ts';

/** A script that tells fish what can follow: to be sourced, or put into `~/.config/fish/completions`. */
export function fishCompletion({ program, commands }: CommandLine): string {
  const names = commands.map(({ name }) => name).join(' ');
  const none = `not __fish_seen_subcommand_from ${names}`;
  const lines = commands.flatMap(({ name, describe }) => [
    `complete -c ${program} -n ${quote(none)} -f -a ${name} -d ${quote(describe)}`,
  ]);
  return `# fish completion for ${program}: ${program} completion fish | source
function __${program}_list --description 'names after what was typed of a list'
  set --local parts (string split -- , (string replace --regex '^--[^=]*=' '' -- (commandline -ct)))
  set --local done ''
  test (count $parts) -gt 1; and set done (string join -- , $parts[1..-2]),
  printf '%s\\n' $done$argv
end
complete -c ${program} -n ${quote(none)} -s h -l help -f -d 'show help'
complete -c ${program} -n ${quote(none)} -s V -l version -f -d 'show the version'
${[...lines, ...commands.flatMap((command) => commandLines(program, command))].join('\n')}
`;
}

function commandLines(program: string, { name, options, words }: CompletedCommand): readonly string[] {
  const start = `complete -c ${program} -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
  const word = words.length === 0 ? [] : [`${start} -f -a ${quote(words.join(' '))}`];
  return [...word, ...options.map((option) => `${start} ${optionWords(program, option)}`)];
}

function optionWords(program: string, { name, letter, describe, value }: CompletedOption): string {
  const names = `${letter === '' ? '' : `-s ${letter} `}-l ${name}`;
  return `${names}${valueWords(program, value)} -d ${quote(describe)}`;
}

function valueWords(program: string, value: CompletedOption['value']): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'any':
      return ' -x';
    case 'file':
      return ' -r -F';
    case 'folder':
      return ` -x -a ${quote('(__fish_complete_directories)')}`;
    case 'names':
      return value.isList
        ? ` -x -a ${quote(`(__${program}_list ${value.names.join(' ')})`)}`
        : ` -x -a ${quote(value.names.join(' '))}`;
  }
}

/** In single quotes fish knows two escapes. */
function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
