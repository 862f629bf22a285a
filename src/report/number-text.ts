/** 32 digits that end a number, then 32 that don't; none is special in JSON, HTML or a template. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BASE = 32;
/** Twice as large ones would lose their last bit. */
const LARGEST = 2 ** 51;

/**
 * Numbers as a short text: whole numbers in digits of five bits (as source maps have them), of themselves or of their
 * differences, whichever is shorter; else as decimal numbers. The first letter says which.
 * @returns exactly what `parseNumbers` reads back, NaN and -0 too; letters, digits, `-`, `_`, `+`, `.` and spaces only
 */
export function formatNumbers(numbers: ArrayLike<number>): string {
  const cells = Array.from(numbers);
  if (!cells.every((cell) => Number.isInteger(cell) && Math.abs(cell) < LARGEST && !Object.is(cell, -0)))
    return `d${cells.map((cell) => (Object.is(cell, -0) ? '-0' : String(cell))).join(' ')}`;
  const plain = cells.map(formatInteger).join('');
  let last = 0;
  const pieces = cells.map((cell) => {
    const piece = formatInteger(cell - last);
    last = cell;
    return piece;
  });
  const differences = pieces.join('');
  return differences.length < plain.length ? `s${differences}` : `i${plain}`;
}

/** @throws Error for what `formatNumbers` did not write */
export function parseNumbers(text: string): number[] {
  const kind = text.charAt(0);
  if (kind === 'd') return text.length === 1 ? [] : text.slice(1).split(' ').map(Number);
  if (kind !== 's' && kind !== 'i') throw new Error(`BUG: '${kind}' begins no numbers`);
  const numbers: number[] = [];
  let last = 0;
  let value = 0;
  let scale = 1;
  for (let place = 1; place < text.length; place++) {
    const digit = VALUE_OF[text.charCodeAt(place)] ?? 255;
    if (digit === 255) throw new Error(`BUG: '${text.charAt(place)}' is no digit`);
    value += (digit % BASE) * scale;
    scale *= BASE;
    if (digit >= BASE) continue;
    const number = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    last = kind === 's' ? last + number : number;
    numbers.push(last);
    value = 0;
    scale = 1;
  }
  return numbers;
}

/** By character code; 255: no digit. */
const VALUE_OF = new Uint8Array(128).fill(255);
for (let digit = 0; digit < DIGITS.length; digit++) VALUE_OF[DIGITS.charCodeAt(digit)] = digit;

/** The sign is the lowest bit: small negative numbers are short too. */
function formatInteger(number: number): string {
  let rest = number < 0 ? -2 * number - 1 : 2 * number;
  let text = '';
  for (; rest >= BASE; rest = Math.floor(rest / BASE)) text += DIGITS.charAt(BASE + (rest % BASE));
  return text + DIGITS.charAt(rest);
}
