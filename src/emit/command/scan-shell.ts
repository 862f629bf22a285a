import { badCommand } from './diagnostics.ts';

/** Where a placeholder stands, as sh reads the text around it. */
export type ShellPlace = 'word' | 'double-quotes' | 'single-quotes' | 'substitution' | 'comment' | 'escaped';

export interface ShellToken {
  readonly kind: 'text' | 'placeholder';
  /** Of a placeholder: what stands between the braces. */
  readonly text: string;
  readonly place: ShellPlace;
}

/** What the reader is inside of; `#`: a comment, `(`: a subshell, a function or arithmetic. */
type Nesting = '"' | "'" | '`' | '$(' | '(' | '#';

/** What is read at one place of the text. */
interface Step {
  /** `place`: where it is not what it is nested in. */
  readonly token: Omit<ShellToken, 'place'> & Partial<ShellToken>;
  /** How many letters it takes. */
  readonly length: number;
  readonly opens?: Nesting;
  readonly isClosing?: true;
}

/**
 * Splits a shell command at its `{placeholder}`s and tells where each stands. Doubled braces come out as one; those of
 * `${name}` are the shell's own.
 * @throws UserError for what doesn't close, and for the few things of sh that it can't look through. O(letters × depth)
 */
export function* scanShell(text: string): Generator<ShellToken> {
  const nesting: Nesting[] = [];
  let place = 0;
  while (place < text.length) {
    const rest = text.slice(place, place + 200);
    const step = readBrace(rest, nesting) ?? readShell(rest, text.charAt(place - 1), nesting);
    if (step.isClosing) nesting.pop();
    if (step.opens !== undefined) nesting.push(step.opens);
    yield { place: placeOf(nesting), ...step.token };
    place += step.length;
  }
  const open = nesting.filter((opened) => opened !== '#').at(-1);
  if (open !== undefined) throw badCommand(`${open} is not closed`, `for the letter itself write \\${open}`);
}

/** A placeholder, a doubled brace or `${name}`; undefined: no brace is here. */
function readBrace(rest: string, nesting: readonly Nesting[]): Step | undefined {
  if (rest.startsWith('{{') || rest.startsWith('}}')) return { ...shell(rest.charAt(0)), length: 2 };
  if (rest.startsWith('${') && nesting.at(-1) !== "'" && nesting.at(-1) !== '#') return readExpansion(rest);
  if (rest.startsWith('}')) throw badCommand('a brace closes that nothing opened', 'two braces are one: }}');
  const isEscaped = /^\\\{(?!\{)/.test(rest) && nesting.at(-1) !== "'";
  const braces = /^\{([^{}\n]*)\}/.exec(isEscaped ? rest.slice(1) : rest);
  if (braces?.[1] === undefined) {
    if (rest.startsWith('{')) throw badCommand('a brace is not closed', 'two braces are one: {{');
    return undefined;
  }
  const token = { kind: 'placeholder', text: braces[1] } as const;
  return { token: isEscaped ? { ...token, place: 'escaped' } : token, length: braces[0].length };
}

/** `${name}`, `${name:-word}`. */
function readExpansion(rest: string): Step {
  const found = /^\$\{([^{}"'`\\$]*)\}/.exec(rest);
  if (found !== null) return shell(found[0]);
  throw badCommand(
    `\${…} holds more than plain words: ${rest.slice(0, 20)}`,
    'a placeholder needs no $; put other values into a variable first',
  );
}

function placeOf(nesting: readonly Nesting[]): ShellPlace {
  const inner = nesting.at(-1);
  if (inner === '#') return 'comment';
  if (inner === "'") return 'single-quotes';
  if (nesting.includes('`') || nesting.includes('$(')) return 'substitution';
  return inner === '"' ? 'double-quotes' : 'word';
}

/** @param before the letter before, empty at the beginning */
function readShell(rest: string, before: string, nesting: readonly Nesting[]): Step {
  const inner = nesting.at(-1);
  const letter = rest.charAt(0);
  if (inner === '#') return letter === '\n' ? { ...shell(letter), isClosing: true } : shell(letter);
  if (inner === "'") return letter === "'" ? { ...shell(letter), isClosing: true } : shell(letter);
  if (letter === '\\') return readBackslash(rest);
  if (letter === inner) return { ...shell(letter), isClosing: true };
  if (rest.startsWith('$(')) return { ...shell('$('), opens: '$(' };
  if (rest.startsWith('$$')) return shell('$$');
  if (letter === '`') return { ...shell(letter), opens: '`' };
  return inner === '"' ? shell(letter) : readUnquoted(rest, before, nesting);
}

/** What means something to sh outside of quotes only. */
function readUnquoted(rest: string, before: string, nesting: readonly Nesting[]): Step {
  const letter = rest.charAt(0);
  if (rest.startsWith("$'")) throw badCommand("sh doesn't know $'…'", "use '…'");
  if (rest.startsWith('<<') && !nesting.includes('$(')) {
    throw badCommand("a here-document can't be looked through", 'use printf … |');
  }
  if (letter === '"' || letter === "'" || letter === '(') return { ...shell(letter), opens: letter };
  if (letter === ')') {
    const inner = nesting.at(-1);
    return inner === '(' || inner === '$(' ? { ...shell(letter), isClosing: true } : shell(letter);
  }
  return letter === '#' && /^[\s;|&()]?$/.test(before) ? { ...shell(letter), opens: '#' } : shell(letter);
}

/** The letter after it means nothing to sh, but for a brace, which is read next. */
function readBackslash(rest: string): Step {
  if (rest.length === 1) throw badCommand('it ends in a backslash', 'leave it out');
  return shell(/^\\[{}]/.test(rest) ? '\\' : rest.slice(0, 2));
}

function shell(text: string): Step {
  return { token: { kind: 'text', text }, length: text.length };
}
