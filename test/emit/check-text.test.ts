import { describe, expect, it } from 'vitest';
import { formatCheck } from '../../src/emit/check-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { makeCheck } from '../support/checked.ts';
import { binary, source, type Texts } from '../support/texts.ts';

function textOf(texts: Texts, options = {}, all = false, paths = new Map<string, string>()): string {
  return formatCheck(makeCheck(texts, options), { all, paths, style: plainStyle });
}

const numbers = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, number) => number + 10);

describe('a check as text', () => {
  it('shows 20 causes and 12 sources of each, and all of them when asked', () => {
    const texts = {
      sources: [
        ...numbers(14).map((n) => source(`same${String(n)}`, { 'Build-Depends': 'gone' })),
        ...numbers(21).map((n) => source(`other${String(n)}`, { 'Build-Depends': `gone${String(n)}` })),
        source('hurd', { Architecture: 'hurd-i386' }),
      ],
      packages: { amd64: [] },
    };
    const some = textOf(texts);
    expect(some).toMatch(/^amd64: 0 buildable, 35 unbuildable, 1 not for this architecture\n/);
    expect(some).toContain('\n      same19_1, same20_1, same21_1, … and 2 more (--all)\n');
    expect(some).not.toContain('same22');
    expect(some).toMatch(/\n\n {2}… and 2 more causes of 2 sources \(--all\)\n$/);
    expect(some.match(/ is missing on amd64\n/g)).toHaveLength(20);
    const all = textOf(texts, {}, true);
    expect(all).not.toContain('--all');
    expect(all).toContain('same23_1\n');
    expect(all.match(/ is missing on amd64\n/g)).toHaveLength(22);
    expect(all).toMatch(/\n\n {2}not for amd64: hurd \(hurd-i386\)\n$/);
  });

  it('shows the shortest way to a cause, and how to leave out what every chroot holds', () => {
    const sources = [source('app', { 'Build-Depends': 'far' }), source('plain')];
    const base = [binary('base', { Essential: 'yes', Depends: 'gone' }), binary('far', { Depends: 'base' })];
    const texts = { sources, packages: { amd64: base } };
    expect(textOf(texts, { implicit: ['essential'] })).toBe(
      `amd64: 0 buildable, 2 unbuildable, 0 not for this architecture

  2 sources: gone is missing on amd64
    app_1  every build chroot holds base; --implicit none leaves it out
    → base 1
      needs gone  (amd64.Packages:5)
    app_1, plain_1
`,
    );
    expect(textOf(texts)).toContain(
      `    app_1  Build-Depends: far  (Sources:5)
    → far 1
      → base 1, for base
        needs gone  (amd64.Packages:5)
`,
    );
  });

  it('says that the source which would build it fails too, and for what', () => {
    const sources = [
      source('lib', { Binary: 'lib-dev', 'Build-Depends': 'gone' }),
      source('app', { 'Build-Depends': 'lib-dev' }),
    ];
    expect(textOf({ sources, packages: { amd64: [] } })).toContain(
      `    nearest: source lib 1 builds it, but no index lists it  (Sources:4)
    lib 1 can't be built here: gone is missing on amd64
`,
    );
  });

  it('names files as the user would open them', () => {
    const texts = { sources: [source('app', { 'Build-Depends': 'gone' })], packages: { amd64: [] } };
    const at = (path: string): string => textOf(texts, {}, false, new Map([['Sources', path]]));
    expect(at('../in/Sources')).toContain('  (../in/Sources:5)\n');
  });
});
