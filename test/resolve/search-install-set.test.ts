import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSources } from '../../src/check.ts';
import { row } from '../../src/base/csr.ts';
import { findInstallSet } from '../../src/install-set.ts';
import type { InstallSetAnswer } from '../../src/resolve/install-set-document.ts';
import { searchInstallSet } from '../../src/resolve/search-install-set.ts';
import { binary, optionsOf, readTexts, source, type Fields, type Texts } from '../support/texts.ts';

const OPTIONS = { ...optionsOf(), allOn: undefined, available: 'auto' } as const;

function textsOf(fields: Fields, packages: readonly string[]): Texts {
  return { sources: [source('app', fields)], packages: { amd64: [...packages, binary('build-essential')] } };
}

/** The install set of a source `app` with these build fields among these existing binaries. */
function findFor(fields: Fields, packages: readonly string[]): InstallSetAnswer {
  const inputs = { ...readTexts(textsOf(fields, packages)), files: [], paths: new Map<string, string>() };
  return findInstallSet(inputs, 'app', OPTIONS, 'apt').answer;
}

describe('an install set', () => {
  it("is apt's first choice where that has no fault", () => {
    const answer = findFor({ 'Build-Depends': 'a' }, [binary('a')]);
    expect(answer).toMatchObject({ kind: 'install-set', choice: 'apt' });
    expect(answer).not.toHaveProperty('fault');
  });

  const searched: Readonly<
    Record<
      string,
      {
        readonly fields: Fields;
        readonly packages: readonly string[];
        readonly fault: unknown;
        readonly found: readonly string[];
      }
    >
  > = {
    'apt gives up an earlier choice and does not look again': {
      fields: { 'Build-Depends': 'a | b, c' },
      packages: [binary('a'), binary('b'), binary('c', { Conflicts: 'a' })],
      fault: { packages: ['a', 'c'] },
      found: ['b', 'c'],
    },
    'the newest version conflicts and an older one does not': {
      fields: { 'Build-Depends': 'a, x' },
      packages: [binary('a'), binary('x', { Version: '2', Conflicts: 'a' }), binary('x')],
      fault: { packages: ['x', 'a'] },
      found: ['a', 'x'],
    },
    'only an older version will do': {
      fields: { 'Build-Depends': 'x (<< 2)' },
      packages: [binary('x', { Version: '2' }), binary('x')],
      fault: { relation: 'x (<< 2)' },
      found: ['x'],
    },
    'a tool of every build is kept out': {
      fields: { 'Build-Conflicts': 'cc1' },
      packages: [
        binary('build-essential', { Version: '2', Depends: 'cc1 | cc2' }),
        binary('cc1'),
        binary('cc2'),
      ],
      fault: { packages: ['cc1'] },
      found: ['cc2'],
    },
  };
  it.each(Object.entries(searched))('is searched for where %s', (_, { fields, packages, fault, found }) => {
    const answer = findFor(fields, packages);
    expect(answer).toMatchObject({ kind: 'install-set', choice: 'search', fault });
    const names = answer.kind === 'install-set' ? answer.packages.map((own) => own.package) : [];
    expect(names.filter((name) => name !== 'build-essential').sort()).toEqual(found);
  });

  it('names for each package the nearest relation that asks for it', () => {
    const answer = findFor({ 'Build-Depends': 'a | b, c' }, [
      binary('a'),
      binary('b', { Depends: 'd' }),
      binary('c', { Conflicts: 'a', 'Pre-Depends': 'd, e' }),
      binary('d'),
      binary('e'),
    ]);
    const asked = answer.kind === 'install-set' ? answer.packages.map((own) => own.askedBy) : [];
    expect(asked).toMatchObject([
      { field: 'Build-Essential', relation: 'build-essential' },
      { field: 'Build-Depends', relation: 'a | b' },
      { field: 'Build-Depends', relation: 'c' },
      { package: 'b', field: 'Depends', relation: 'd' },
      { package: 'c', field: 'Pre-Depends', relation: 'e' },
    ]);
  });

  it('is not there where a conflict has no way out, and the answer says what leads to it', () => {
    const answer = findFor({ 'Build-Depends': 'a, b' }, [
      binary('a', { Depends: 'c' }),
      binary('b'),
      binary('c', { Conflicts: 'b' }),
    ]);
    expect(answer).toMatchObject({
      kind: 'unbuildable',
      unit: 'app_1/amd64',
      reason: "b 1 and c 1 can't be installed together",
      conflict: { forbidden: { by: 'c 1', field: 'Conflicts', relation: 'b' } },
    });
  });
});

describe('searchInstallSet', () => {
  const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const name = fc.constantFrom(...NAMES);
  const groups = fc
    .array(fc.array(name, { minLength: 1, maxLength: 3 }), { maxLength: 2 })
    .map((all) => all.map((group) => group.join(' | ')).join(', '));
  const conflicts = fc.array(name, { maxLength: 2 }).map((all) => all.join(', '));
  const fields = fc.record({ Depends: groups, Conflicts: conflicts });
  const archive = fc.record({
    packages: fc
      .tuple(...NAMES.map(() => fields))
      .map((all) => all.map((own, place) => binary(NAMES[place] ?? '', own))),
    app: fc.record({ 'Build-Depends': groups, 'Build-Conflicts': conflicts }),
  });

  it('holds for every unit that can be built: all relations are met, without a conflict', () => {
    let searched = 0;
    fc.assert(
      fc.property(archive, ({ packages, app }) => {
        const { universe, installability } = checkSources(
          readTexts(textsOf(app, packages)),
          OPTIONS,
          () => undefined,
        );
        if (installability.unitBuilt[0] === 0) return;
        searched++;
        const members = searchInstallSet(universe, installability, 0, 'apt').map(({ node }) => node);
        const clauses = [
          ...row(universe.unitClauses, 0),
          ...members.flatMap((node) => [...row(universe.nodeClauses, node)]),
        ];
        for (const clause of clauses)
          expect(row(universe.clauses.candidates, clause).some((node) => members.includes(node))).toBe(true);
        const keptOut = [
          ...row(universe.unitConflicts, 0),
          ...members.flatMap((node) => [...row(universe.nodeConflicts, node)]),
        ];
        expect(members.filter((node) => keptOut.includes(node))).toEqual([]);
        expect(new Set(members).size).toBe(members.length);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(searched).toBeGreaterThan(200);
  });
});
