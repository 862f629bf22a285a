import { nearestName } from '../../base/nearest-name.ts';
import { badCommand } from './diagnostics.ts';
import { isPlaceholder, PLACEHOLDER_NAMES, PLACEHOLDERS, type PlaceholderName } from './placeholders.ts';
import { scanShell, type ShellPlace, type ShellToken } from './scan-shell.ts';

/** A shell command with places for a task's values, as `--builder-command` gives it. */
export interface CommandTemplate {
  /** Pieces in their order: shell text as it was typed, and placeholders, whose values get quoted for where they stand. */
  readonly pieces: readonly TemplatePiece[];
}

export type TemplatePiece =
  | { readonly kind: 'shell'; readonly text: string }
  | {
      readonly kind: 'placeholder';
      readonly name: PlaceholderName;
      /** It stands between double quotes, which are closed and opened again around the value. */
      readonly isQuoted: boolean;
      /** Typed with `:q`: the value gets quoted twice, for a command that hands its words to another shell, as ssh does. */
      readonly isTwice: boolean;
    };

/** What builds a task where nothing else is asked for. */
export const DEFAULT_BUILDER_COMMAND = 'sbuild --dist={suite} {sbuild-options} {dsc}';

/** Each placeholder looks at what stands before it, so ten times as many take a hundred times as long. */
const MOST_CHARACTERS = 16 * 1024;

/**
 * Reads a builder command: POSIX sh with `{placeholder}`s; `{{` and `}}` are braces. A value is put where a shell word may
 * stand, also as a part of one or inside of double quotes.
 * @throws UserError for placeholders that are unknown or stand where no value can be quoted, what sh can't read, and what ends
 * in an operator
 */
export function parseTemplate(text: string): CommandTemplate {
  if (text.trim() === '') throw badCommand('it is empty', DEFAULT_BUILDER_COMMAND);
  if (text.length > MOST_CHARACTERS)
    throw badCommand(
      `it has ${text.length} characters; at most ${MOST_CHARACTERS} are read`,
      'put it into a script',
    );
  if (text.includes('\0')) throw badCommand('it holds a NUL', 'leave it out');
  const pieces: TemplatePiece[] = [];
  let shell = '';
  let ending = '';
  for (const token of scanShell(text)) {
    ending = endingAfter(ending, token);
    if (token.kind === 'text') {
      shell += token.text;
      continue;
    }
    if (shell !== '') pieces.push({ kind: 'shell', text: shell });
    shell = '';
    pieces.push(placeholder(token.text, token.place, pieces));
  }
  if (shell !== '') pieces.push({ kind: 'shell', text: shell });
  refuseOperator(ending);
  return { pieces };
}

/** The operators that the text ends in so far, without what stands between them; empty: it ends in something else. */
function endingAfter(ending: string, { kind, text, place }: ShellToken): string {
  if (place === 'comment') return ending;
  if (kind === 'placeholder' || place !== 'word') return '';
  if (/^[|&;]$/.test(text)) return ending + text;
  return text.trim() === '' ? ending : '';
}

/** What follows the command in a script would be read as a part of it, or not wait for it. */
function refuseOperator(ending: string): void {
  const operator = /(?:&&|\|\||[|&;])$/.exec(ending)?.[0];
  if (operator === undefined) return;
  if (operator === '&')
    throw badCommand('it ends in &, so each build would count as done at once', 'leave the & out');
  if (operator === ';') throw badCommand('it ends in ;', 'leave the ; out');
  throw badCommand(`nothing comes after the ${operator} at its end`, `leave the ${operator} out`);
}

/** @param text what stands between the braces */
function placeholder(text: string, place: ShellPlace, before: readonly TemplatePiece[]): TemplatePiece {
  const isTwice = text.endsWith(':q');
  const name = isTwice ? text.slice(0, -2) : text;
  if (!isPlaceholder(name)) throw unknown(text, name);
  const instead = WHY_NOT[place];
  if (instead !== undefined) throw badCommand(`{${text}} stands ${instead[0]}`, instead[1]);
  const isQuoted = place === 'double-quotes';
  if (isQuoted && PLACEHOLDERS[name].isList) {
    throw badCommand(
      `{${text}} stands for several words, which double quotes would make one`,
      'take it out of the quotes',
    );
  }
  if (!isTwice && !PLACEHOLDERS[name].isPlain && name !== 'builder' && isAfterSsh(before)) {
    throw badCommand(
      `ssh hands {${text}} to another shell, which would read it as commands`,
      `{${text}:q} quotes it for that shell too`,
    );
  }
  return { kind: 'placeholder', name, isQuoted, isTwice };
}

const WHY_NOT: Readonly<Partial<Record<ShellPlace, readonly [string, string]>>> = {
  'single-quotes': ['inside single quotes', 'use double quotes; two braces are one: {{ }}'],
  substitution: ['inside $(…) or backticks', 'put it into a variable first: x={dsc}; y=$(program "$x")'],
  comment: ['inside a comment', 'leave it out'],
  escaped: ['after a backslash', 'two braces are one: {{ }}'],
};

function unknown(text: string, name: string): Error {
  const near = nearestName(name, PLACEHOLDER_NAMES);
  const names = PLACEHOLDER_NAMES.map((known) => `{${known}}`).join(' ');
  return badCommand(
    `there is no placeholder {${text}}`,
    near === undefined ? `there are ${names}; two braces are one: {{ }}` : `did you mean {${near}}?`,
  );
}

/** Whether a command of the same list began with ssh and its host is already there. */
function isAfterSsh(before: readonly TemplatePiece[]): boolean {
  const text = before.map((piece) => (piece.kind === 'shell' ? piece.text : '_')).join('');
  const command = text.split(/[;|&\n]/).at(-1) ?? '';
  return /(?:^|[\s/])(?:ssh|rsh)\s/.test(command);
}
