import type { Diagnostic, Location } from '../../base/diagnostic.ts';
import { excerpt } from '../diagnostics.ts';

/** A keyword that StarlingX's reader would not know: it passes over the line, and the entry is lost. */
export function keywordMisspelt(location: Location, content: string, meant: string): Diagnostic {
  return {
    code: 'cycle-keyword-misspelt',
    severity: 'error',
    message: `'${excerpt(content)}' does not begin with '${meant}': the entry does not count`,
    location,
    hint: `write "${meant}" exactly so, in capitals, with an ASCII colon and nothing before it`,
  };
}

/** Text that belongs to no entry. */
export function lineWithoutKeyword(location: Location, content: string): Diagnostic {
  return {
    code: 'cycle-line-without-keyword',
    severity: 'warning',
    message: `'${excerpt(content)}' is neither an entry nor a comment and is passed over`,
    location,
    hint: 'an entry is two lines, "SRC SET: a b" and "BUILD ORDER: b a"; begin a comment with "#"',
  };
}

export function setWithoutOrder(location: Location, next: Location | undefined): Diagnostic {
  const until =
    next === undefined ? 'before the end of the file' : `before the next set in line ${next.line}`;
  return {
    code: 'cycle-set-without-order',
    severity: 'error',
    message: `the set has no 'BUILD ORDER:' ${until}: the entry does not count`,
    location,
    hint: 'write "BUILD ORDER: …" with the same names into the next line, or delete the set',
  };
}

export function orderWithoutSet(location: Location): Diagnostic {
  return {
    code: 'cycle-order-without-set',
    severity: 'error',
    message: `the order has no 'SRC SET:' before it: it does not count`,
    location,
    hint: 'write "SRC SET: …" with the same names into the line before, or delete the order',
  };
}

export function setUnlikeOrder(
  location: Location,
  setLine: number,
  missing: readonly string[],
  unknown: readonly string[],
): Diagnostic {
  const lacks = missing.length === 0 ? [] : [`lacks ${missing.join(' ')}`];
  const adds = unknown.length === 0 ? [] : [`has ${unknown.join(' ')}, which the set lacks`];
  return {
    code: 'cycle-set-unlike-order',
    severity: 'error',
    message: `the order ${[...lacks, ...adds].join(' and ')}: the entry does not count`,
    location,
    hint: `name the same sources here and in line ${setLine}: StarlingX's reader stops at this line`,
  };
}

export function emptyCycleSet(location: Location, keyword: string): Diagnostic {
  return {
    code: 'cycle-set-empty',
    severity: 'error',
    message: `'${keyword}' names no source: the entry does not count`,
    location,
    hint: 'delete the entry, or name its sources, with a space between them',
  };
}

export function tabbedNames(location: Location, keyword: string): Diagnostic {
  return {
    code: 'cycle-names-tabbed',
    severity: 'error',
    message: `a tab stands between the names of '${keyword}': the entry does not count`,
    location,
    hint: "write one space instead: StarlingX's reader takes the names on both sides of a tab for one",
  };
}

/** Columns of names lined up with several spaces. */
export function wideGap(location: Location, keyword: string): Diagnostic {
  return {
    code: 'cycle-names-wide-gap',
    severity: 'note',
    message: `several spaces stand between two names of '${keyword}'`,
    location,
    hint: 'write one space: there are versions of dsc_depend.py that split at each space and refuse the entry for the empty names',
  };
}

export function badSourceName(location: Location, name: string): Diagnostic {
  return {
    code: 'cycle-bad-name',
    severity: 'error',
    message: `no source package can be called '${excerpt(name)}': the entry does not count`,
    location,
    hint: badNameHint(name),
  };
}

export function repeatedSetName(location: Location, names: readonly string[]): Diagnostic {
  return {
    code: 'cycle-set-repeats',
    severity: 'warning',
    message: `the set names ${names.join(' ')} more than once`,
    location,
    hint: 'name each source once; only in the order may one stand twice, to be built twice',
  };
}

function badNameHint(name: string): string {
  const letters = name.replace(/[^A-Za-z0-9.+_-]/g, '');
  if (letters === '') return 'delete it';
  if (name.includes('_')) return `write the name without its version: '${excerpt(name.replace(/_.*/s, ''))}'`;
  if (letters !== name) {
    const strange = [...new Set(name.replace(/[A-Za-z0-9.+_-]/g, ''))].map(spell).join(' ');
    return `delete ${strange}: did you mean '${excerpt(letters)}'?`;
  }
  return 'names are letters, digits, "+", "-" and ".", and begin with a letter or digit';
}

/** A character as it can be seen and found: those that don't show as their code point. */
function spell(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isPlain = code > 0x20 && code < 0x7f;
  return isPlain ? `'${character}'` : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
