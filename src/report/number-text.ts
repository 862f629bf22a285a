import { float64At } from '../base/cells.ts';

/** 32 digits that end a number, then 32 that don't; none is special in JSON, HTML or a template. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BASE = 32;
const BITS = 5;
/** Below it numbers can be shifted, which is faster than division. */
const SMALL = 2 ** 31;
/** Twice the difference of larger ones would lose its last bit. */
const LARGEST = 2 ** 51;
/** What `String.fromCharCode` takes at once. */
const PIECE = 8192;

/**
 * Numbers as a short text: whole numbers in digits of five bits (as source maps have them), of themselves or of their
 * differences, whichever is shorter; else as decimal numbers. The first letter says which.
 * @returns exactly what `parseNumbers` reads back, NaN and -0 too; letters, digits, `-`, `_`, `+`, `.` and spaces only
 */
export function formatNumbers(numbers: ArrayLike<number>): string {
  const column = new Float64Array(numbers);
  let plain = 0;
  let differences = 0;
  let last = 0;
  for (let place = 0; place < column.length; place++) {
    const number = float64At(column, place);
    if (!Number.isInteger(number) || Math.abs(number) >= LARGEST || Object.is(number, -0))
      return formatDecimals(column);
    plain += digitCount(withSign(number));
    differences += digitCount(withSign(number - last));
    last = number;
  }
  return differences < plain
    ? `s${formatIntegers(column, differences, true)}`
    : `i${formatIntegers(column, plain, false)}`;
}

function formatDecimals(numbers: Float64Array): string {
  return `d${Array.from(numbers, (number) => (Object.is(number, -0) ? '-0' : String(number))).join(' ')}`;
}

/** The sign becomes the lowest bit: small negative numbers are short too. */
function withSign(number: number): number {
  return number < 0 ? -2 * number - 1 : 2 * number;
}

function digitCount(unsigned: number): number {
  let count = 1;
  let rest = unsigned;
  for (; rest >= SMALL; rest = Math.floor(rest / BASE)) count++;
  for (; rest >= BASE; rest >>= BITS) count++;
  return count;
}

function formatIntegers(numbers: Float64Array, length: number, isDifference: boolean): string {
  const codes = new Uint8Array(length);
  let end = 0;
  let last = 0;
  for (let place = 0; place < numbers.length; place++) {
    const number = float64At(numbers, place);
    let rest = withSign(number - last);
    for (; rest >= SMALL; rest = Math.floor(rest / BASE)) codes[end++] = CODES[BASE + (rest % BASE)] ?? 0;
    for (; rest >= BASE; rest >>= BITS) codes[end++] = CODES[BASE + (rest & (BASE - 1))] ?? 0;
    codes[end++] = CODES[rest] ?? 0;
    if (isDifference) last = number;
  }
  const pieces: string[] = [];
  for (let start = 0; start < length; start += PIECE)
    pieces.push(String.fromCharCode(...codes.subarray(start, start + PIECE)));
  return pieces.join('');
}

/** @throws Error for what `formatNumbers` did not write */
export function parseNumbers(text: string): Float64Array {
  const kind = text.charAt(0);
  if (kind === 'd') return Float64Array.from(text.length === 1 ? [] : text.slice(1).split(' '), Number);
  if (kind !== 's' && kind !== 'i') throw new Error(`BUG: '${kind}' begins no numbers`);
  const numbers = new Float64Array(countNumbers(text));
  let count = 0;
  let last = 0;
  let value = 0;
  let scale = 1;
  for (let place = 1; place < text.length; place++) {
    const digit = digitAt(text, place);
    value += (digit % BASE) * scale;
    scale *= BASE;
    if (digit >= BASE) continue;
    const number = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    last = kind === 's' ? last + number : number;
    numbers[count++] = last;
    value = 0;
    scale = 1;
  }
  return numbers;
}

function countNumbers(text: string): number {
  let count = 0;
  for (let place = 1; place < text.length; place++) if (digitAt(text, place) < BASE) count++;
  return count;
}

function digitAt(text: string, place: number): number {
  const digit = VALUES[text.charCodeAt(place)] ?? NO_DIGIT;
  if (digit === NO_DIGIT) throw new Error(`BUG: '${text.charAt(place)}' is no digit`);
  return digit;
}

const NO_DIGIT = 255;
/** Character codes by digit. */
const CODES = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));
/** Digits by character code. */
const VALUES = new Uint8Array(128).fill(NO_DIGIT);
CODES.forEach((code, digit) => {
  VALUES[code] = digit;
});
