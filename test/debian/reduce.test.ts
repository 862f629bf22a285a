import { describe, expect, it } from 'vitest';
import { reduceAlternatives } from '../../src/debian/reduce.ts';
import { formatAlternatives, type Alternatives } from '../../src/debian/relation.ts';
import { parseGroups } from '../../src/parse/relation-groups.ts';

const AMD64 = { arch: 'amd64', profiles: new Set<string>() };
const NOCHECK = { arch: 'amd64', profiles: new Set(['nocheck']) };

describe('reduceAlternatives', () => {
  it('gives the same object when nothing is dropped', () => {
    const plain = group('a | b [amd64]');
    expect(reduceAlternatives(plain, AMD64)).toBe(plain);
  });
  it('drops what is not for this architecture, and keeps the order of the rest', () => {
    const reduced = reduceAlternatives(group('libc6.1-dbg [alpha ia64] | libc6-dbg | libc-dbg'), AMD64);
    expect(formatAlternatives(reduced ?? [])).toBe('libc6-dbg | libc-dbg');
  });
  it('drops what is not for these profiles', () => {
    const reduced = reduceAlternatives(group('a <!nocheck> | b <nocheck> | c <!nodoc> <!nocheck>'), NOCHECK);
    expect(formatAlternatives(reduced ?? [])).toBe('b <nocheck> | c <!nodoc> <!nocheck>');
  });
  it('gives undefined when nothing is left', () => {
    expect(reduceAlternatives(group('a [arm64] | b <cross>'), AMD64)).toBeUndefined();
  });
});

function group(text: string): Alternatives {
  return parseGroups(text).groups[0] ?? [];
}
