import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { smallUniverse, textsOf } from '../support/small-universe.ts';
import { analyseTexts, binary, source } from '../support/texts.ts';

describe('the nodes of a universe', () => {
  it('are what somebody asks for: versions of the names in clauses, and who provides these', () => {
    const sources = [source('app', { 'Build-Depends': 'mta, lib (>= 2)' })];
    const existing = [
      binary('zoo', { Depends: 'lib' }),
      binary('postfix', { Provides: 'mta', Depends: 'libc6' }),
      binary('exim', { Provides: 'mta' }),
      binary('lib', { Version: '1' }),
      binary('lib', { Version: '3' }),
      binary('libc6'),
      binary('other', { Conflicts: 'lib' }),
    ];
    const { universe } = analyseTexts({ sources, packages: { amd64: existing } });
    expect(universe.nodes.name).toEqual(['exim', 'lib', 'lib', 'libc6', 'postfix']);
    expect(universe.nodes.version).toEqual(['1', '3', '1', '1', '1']);
  });

  it('are numbered by context, by name and by preference, whoever asks first', () => {
    let count = 0;
    fc.assert(
      fc.property(smallUniverse({ hasLayers: true, indexed: ['amd64'] }), (small) => {
        const { universe } = analyseTexts(textsOf(small));
        const { nodes, packages } = universe;
        const listed = [...packages.all()];
        let place = 0;
        nodes.record.forEach((record, node) => {
          if (record === undefined) return; // assumed ones come last
          const next = listed.findIndex(
            (own, index) =>
              index >= place &&
              own.record === record &&
              own.context === nodes.context[node] &&
              own.producer === nodes.producer[node],
          );
          expect(next).toBeGreaterThanOrEqual(place);
          expect(packages.index.name(at(listed, next).name)).toBe(nodes.name[node]);
          place = next + 1;
          count++;
        });
        const firstAssumed = nodes.record.indexOf(undefined);
        if (firstAssumed >= 0)
          expect(nodes.record.slice(firstAssumed).every((own) => own === undefined)).toBe(true);
      }),
      { numRuns: 100, seed: 11 },
    );
    expect(count).toBeGreaterThan(500);
  });
});
