import type { VersionConstraint } from './relation.ts';

const DIGIT_0 = 48;
const DIGIT_9 = 57;
const COLON = 58;
const HYPHEN = 45;
const TILDE = 126;
const PLUS = 43;
const DOT = 46;

/** The parts of `epoch:upstream-revision`; `''` where a part is missing (dpkg orders a missing epoch or revision as 0). */
export interface VersionParts {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

/**
 * Orders versions exactly as dpkg does: epoch, upstream version, revision; `~` before the end, letters before the rest,
 * digits by value without overflow. `1.0`, `0:1.0` and `1.0-0` are equal.
 * @returns negative, 0 or positive. Text that is no version is ordered by the same rules: a total preorder on all texts.
 * O(length), without allocation
 * @see Debian Policy 5.6.12
 * @example
 * compareVersions('1.0~rc1-1', '1.0-1') < 0; // → true
 * compareVersions('1.0', '0:1.0-0'); // → 0
 */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const upstreamA = upstreamStart(a);
  const upstreamB = upstreamStart(b);
  if (upstreamA !== 0 || upstreamB !== 0) {
    const epochs = compareRanges(a, 0, Math.max(upstreamA - 1, 0), b, 0, Math.max(upstreamB - 1, 0));
    if (epochs !== 0) return epochs;
  }
  const hyphenA = revisionHyphen(a, upstreamA);
  const hyphenB = revisionHyphen(b, upstreamB);
  const upstreams = compareRanges(a, upstreamA, hyphenA, b, upstreamB, hyphenB);
  if (upstreams !== 0) return upstreams;
  return compareRanges(a, hyphenA + 1, a.length, b, hyphenB + 1, b.length);
}

/** Whether a version lies in the constraint's range; an absent constraint is always satisfied. O(length) */
export function satisfiesConstraint(version: string, constraint: VersionConstraint | undefined): boolean {
  if (constraint === undefined) return true;
  const order = compareVersions(version, constraint.version);
  switch (constraint.operator) {
    case '<<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>>':
      return order > 0;
  }
}

/** Splits at the first colon and at the last hyphen behind it; never fails. */
export function splitVersion(version: string): VersionParts {
  const start = upstreamStart(version);
  const hyphen = revisionHyphen(version, start);
  return {
    epoch: version.slice(0, Math.max(start - 1, 0)),
    upstream: version.slice(start, hyphen),
    revision: version.slice(hyphen + 1),
  };
}

/** Whether dpkg takes the text as a version: `versionProblem` finds nothing. */
export function isVersion(text: string): boolean {
  return versionProblem(text) === undefined;
}

/**
 * Why dpkg refuses a text as a version, in words for a message.
 * @returns undefined for a good version
 * @see Debian Policy 5.6.12; deb-version(7)
 */
export function versionProblem(text: string): string | undefined {
  return isPlain(text) ? undefined : findProblem(text);
}

/** The fast path for versions without an epoch: false for all that has a problem, and for some that have none. */
function isPlain(text: string): boolean {
  if (!isDigit(text.charCodeAt(0))) return false;
  for (let index = 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (
      !isDigit(code) &&
      !isLetter(code) &&
      code !== DOT &&
      code !== PLUS &&
      code !== TILDE &&
      code !== HYPHEN
    )
      return false;
  }
  return text.charCodeAt(text.length - 1) !== HYPHEN;
}

function findProblem(text: string): string | undefined {
  if (text === '') return 'it is empty';
  const illegal = /[^-+:.~0-9A-Za-z]/.exec(text);
  if (illegal !== null) return `it contains '${illegal[0]}'`;
  const start = upstreamStart(text);
  const { epoch, upstream, revision } = splitVersion(text);
  if (start > 0 && epoch === '') return 'its epoch is empty';
  if (!/^\d*$/.test(epoch)) return `its epoch '${epoch}' is no number`;
  if (Number(epoch) > 0x7fffffff) return `its epoch '${epoch}' is too large`;
  if (upstream === '') return 'its upstream part is empty';
  if (!/^\d/.test(upstream)) return 'it does not start with a digit';
  if (start + upstream.length < text.length && revision === '') return 'its revision is empty';
  return undefined;
}

/** Index behind the epoch's colon; 0 without an epoch. */
function upstreamStart(version: string): number {
  for (let index = 0; index < version.length; index++)
    if (version.charCodeAt(index) === COLON) return index + 1;
  return 0;
}

/** Index of the hyphen in front of the revision; the text's length without a revision. */
function revisionHyphen(version: string, start: number): number {
  for (let index = version.length - 1; index >= start; index--) {
    if (version.charCodeAt(index) === HYPHEN) return index;
  }
  return version.length;
}

/** dpkg's `verrevcmp` over two index ranges; a range whose start lies behind its end is empty. */
function compareRanges(
  a: string,
  startA: number,
  endA: number,
  b: string,
  startB: number,
  endB: number,
): number {
  let i = startA;
  let j = startB;
  while (i < endA || j < endB) {
    for (;;) {
      const orderA = i < endA ? order(a.charCodeAt(i)) : 0;
      const orderB = j < endB ? order(b.charCodeAt(j)) : 0;
      if (orderA !== orderB) return orderA - orderB;
      if (orderA === 0) break;
      i++;
      j++;
    }
    while (i < endA && a.charCodeAt(i) === DIGIT_0) i++;
    while (j < endB && b.charCodeAt(j) === DIGIT_0) j++;
    let firstDifference = 0;
    while (i < endA && j < endB && isDigit(a.charCodeAt(i)) && isDigit(b.charCodeAt(j))) {
      if (firstDifference === 0) firstDifference = a.charCodeAt(i) - b.charCodeAt(j);
      i++;
      j++;
    }
    if (i < endA && isDigit(a.charCodeAt(i))) return 1;
    if (j < endB && isDigit(b.charCodeAt(j))) return -1;
    if (firstDifference !== 0) return firstDifference;
  }
  return 0;
}

function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

function isLetter(code: number): boolean {
  const letter = code | 0x20;
  return letter >= 97 && letter <= 122;
}

/** `~` before digits and the end, those before letters, letters before everything else. */
function order(code: number): number {
  if (code >= DIGIT_0 && code <= DIGIT_9) return 0;
  if (isLetter(code)) return code;
  return code === TILDE ? -1 : code + 256;
}
