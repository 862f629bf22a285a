import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { InstallSetWalker } from '../../src/resolve/install-set-walker.ts';
import { analyseTexts, binary, source } from '../support/texts.ts';

describe('InstallSetWalker', () => {
  const sources = [source('app', { 'Build-Depends': 'a, b' }), source('other', { 'Build-Depends': 'c' })];
  const packages = {
    amd64: [
      binary('a', { Depends: 'd, e' }),
      binary('b', { Depends: 'e, a' }),
      binary('c', { Depends: 'b | gone' }),
      binary('d', { Depends: 'f' }),
      binary('e', { Depends: 'a | d' }),
      binary('f'),
      binary('dpkg', { Essential: 'yes', 'Pre-Depends': 'f' }),
      binary('build-essential', { Depends: 'a' }),
    ],
  };
  const { universe, graph } = analyseTexts({ sources, packages });
  const walker = new InstallSetWalker(universe, graph.installability, graph.chosen);
  const names = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, place) =>
      at(universe.nodes.name, at(walker.chosen, at(walker.clauses, place))),
    );

  it('goes breadth first, meets each relation once, and takes the first candidate', () => {
    expect(names(walker.walkUnit(0))).toEqual(['a', 'b', 'd', 'e', 'f', 'a']);
    expect(names(walker.walkUnit(1))).toEqual(['c', 'b', 'e', 'a', 'a', 'd', 'f']);
    expect(names(walker.walkUnit(0))).toEqual(['a', 'b', 'd', 'e', 'f', 'a']);
  });
  it('walks what every chroot holds', () => {
    expect(names(walker.walkImplicit(0))).toEqual(['build-essential', 'dpkg', 'a', 'f', 'd', 'e', 'a']);
  });
});
