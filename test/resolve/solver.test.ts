import { afterEach, describe, expect, it, vi } from 'vitest';
import { at } from '../../src/base/column.ts';
import { buildCsr, EdgeList, type Csr } from '../../src/base/csr.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { Constraints, Outcome } from '../../src/resolve/solver/constraints.ts';
import { DependencySolver } from '../../src/resolve/solver/dependency-solver.ts';
import { constraintsOf, usableOf, type SmallConstraints } from '../support/slow-solver.ts';

interface Package {
  /** Groups of alternatives: `a | b`. */
  readonly depends?: readonly string[];
  readonly conflicts?: readonly string[];
  readonly isUnusable?: boolean;
}

/** Asks for an install set by names; what comes back speaks of nodes and clauses by theirs. */
function solve(
  packages: Readonly<Record<string, Package>>,
  roots: readonly string[],
  forbidden: readonly string[] = [],
): unknown {
  const names = Object.keys(packages);
  const table = Object.values(packages);
  const groups = [...new Set([...roots, ...table.flatMap(({ depends = [] }) => depends)])];
  const numbers = (texts: readonly string[]): number[] => texts.map((text) => names.indexOf(text));
  const small: SmallConstraints = {
    clauses: groups.map((group) => numbers(group.split(' | ').filter((name) => names.includes(name)))),
    nodes: table.map(({ depends = [] }) => depends.map((group) => groups.indexOf(group))),
    conflicts: table.flatMap(({ conflicts = [] }, node) =>
      numbers(conflicts).map((rival) => [node, rival] as const),
    ),
    unusable: [...table.keys()].filter((node) => table[node]?.isUnusable === true),
  };
  const request = { roots: roots.map((group) => groups.indexOf(group)), forbidden: numbers(forbidden) };
  return tell(new DependencySolver(constraintsOf(small), usableOf(small)).solve(request), names, groups);
}

function tell(found: Outcome, names: readonly string[], groups: readonly string[]): unknown {
  const chainOf = (chain: readonly { clause: number; node: number }[]): readonly string[] =>
    chain.flatMap(({ clause, node }) => [`(${at(groups, clause)})`, at(names, node)]);
  switch (found.kind) {
    case 'installed':
      return [...found.installed].map((node) => at(names, node));
    case 'missing':
      return { chain: chainOf(found.chain), missing: at(groups, found.clause) };
    case 'conflict':
      return found.sides.map((side) => (side === undefined ? undefined : chainOf(side.chain)));
  }
}

describe('DependencySolver', () => {
  it('installs the first alternative, and nothing for a clause that is satisfied already', () => {
    const packages = { mta: {}, exim: {}, app: { depends: ['exim | mta', 'lib'] }, lib: {}, stray: {} };
    expect(solve(packages, ['app'])).toEqual(['exim', 'app', 'lib']);
    expect(solve(packages, ['mta', 'app'])).toEqual(['mta', 'app', 'lib']);
  });

  it('takes the first alternative even where a later clause would have forced another', () => {
    expect(solve({ a: {}, b: {} }, ['a | b', 'b'])).toEqual(['a', 'b']);
    expect(solve({ a: { conflicts: ['b'] }, b: {} }, ['a | b', 'b'])).toEqual(['b']);
  });

  it('leaves a preferred alternative whose dependencies conflict, and all that it alone pulled in', () => {
    const packages = {
      old: { depends: ['oldlib', 'data'] },
      oldlib: { conflicts: ['newlib'] },
      data: {},
      next: {},
      newlib: {},
    };
    expect(solve(packages, ['old | next', 'newlib'])).toEqual(['next', 'newlib']);
  });

  it('passes over what can never be installed and what is forbidden', () => {
    const packages = { a: { isUnusable: true }, b: {}, c: {} };
    expect(solve(packages, ['a | b | c'])).toEqual(['b']);
    expect(solve(packages, ['a | b | c'], ['b'])).toEqual(['c']);
  });

  it('installs a ring of dependencies', () => {
    expect(solve({ a: { depends: ['b'] }, b: { depends: ['a'] } }, ['a'])).toEqual(['a', 'b']);
  });

  it('meets an empty request with nothing', () => {
    expect(solve({ a: {} }, [])).toEqual([]);
  });

  it('tells the way to a clause that nothing satisfies', () => {
    const packages = {
      app: { depends: ['lib'] },
      lib: { depends: ['data | gone'] },
      gone: { isUnusable: true },
    };
    expect(solve(packages, ['app'])).toEqual({
      chain: ['(app)', 'app', '(lib)', 'lib'],
      missing: 'data | gone',
    });
    expect(solve(packages, ['gone'])).toEqual({ chain: [], missing: 'gone' });
  });

  it('tells what is missing rather than what conflicts', () => {
    const packages = { a: { conflicts: ['b'] }, b: {}, c: { depends: ['gone'] } };
    expect(solve(packages, ['a', 'b', 'c'])).toEqual({ chain: ['(c)', 'c'], missing: 'gone' });
  });

  it('tells both ways to a conflict, by the shortest chains', () => {
    const packages = {
      app: { depends: ['middle', 'old'] },
      middle: { depends: ['old'] },
      old: { conflicts: ['next'] },
      tool: { depends: ['next'] },
      next: {},
    };
    expect(solve(packages, ['app', 'tool'])).toEqual([
      ['(app)', 'app', '(old)', 'old'],
      ['(tool)', 'tool', '(next)', 'next'],
    ]);
  });

  it('tells a conflict that all alternatives come down to', () => {
    const packages = {
      app: { depends: ['x | y'] },
      x: { depends: ['old'] },
      y: { depends: ['old'] },
      old: { conflicts: ['next'] },
      next: {},
    };
    expect(solve(packages, ['app', 'next'])).toEqual([
      ['(next)', 'next'],
      ['(app)', 'app', '(x | y)', 'x', '(old)', 'old'],
    ]);
  });

  it('tells the way to what the request forbids', () => {
    const packages = { app: { depends: ['old'] }, old: {} };
    expect(solve(packages, ['app'], ['old'])).toEqual([['(app)', 'app', '(old)', 'old']]);
  });

  it('says no when more birds than holes are asked for', () => {
    const birds = [0, 1, 2, 3, 4, 5];
    const holes = [0, 1, 2, 3, 4];
    const packages = Object.fromEntries(
      birds.flatMap((bird) =>
        holes.map((hole) => [
          `${bird}in${hole}`,
          { conflicts: birds.filter((other) => other < bird).map((other) => `${other}in${hole}`) },
        ]),
      ),
    );
    const groups = birds.map((bird) => holes.map((hole) => `${bird}in${hole}`).join(' | '));
    expect(solve(packages, groups.slice(1))).toHaveLength(5);
    expect(solve(packages, groups)).toHaveLength(2);
  });

  it('does not overflow the stack on a chain of 200,000 nodes that ends in a conflict', () => {
    const count = 200_000;
    const next = new EdgeList();
    const own = new EdgeList();
    const rivals = new EdgeList();
    for (let node = 0; node < count; node++) {
      own.push(node, node);
      if (node + 1 < count) next.push(node, node + 1);
    }
    rivals.push(0, count - 1);
    rivals.push(count - 1, 0);
    const constraints = {
      candidates: buildCsr(count, own),
      nodeClauses: buildCsr(count, next),
      conflicts: buildCsr(count, rivals),
    };
    const found = new DependencySolver(constraints, new Uint8Array(count).fill(1)).solve({
      roots: [0],
      forbidden: [],
    });
    if (found.kind !== 'conflict') throw new Error(found.kind);
    expect(found.sides.map((side) => side?.chain.length)).toEqual([1, count]);
  });
});

const BLOCK = 1000;

/** Blocks of a thousand packages that know only each other, with alternatives and conflicts; every block is like the first. */
function blocks(count: number): { readonly constraints: Constraints; readonly usable: Uint8Array } {
  const candidates = new EdgeList();
  const nodeClauses = new EdgeList();
  const rivals = new EdgeList();
  for (let start = 0; start < count * BLOCK; start += BLOCK) {
    const random = seededRandom(7);
    const below = (most: number): number => Math.floor(random() * most);
    for (let own = 0; own < BLOCK; own++) {
      // Clause n is satisfied by node n, and often by others; nodes depend on what lies further down.
      candidates.push(start + own, start + own);
      for (let more = below(3); more > 0; more--) candidates.push(start + own, start + below(BLOCK));
      for (let more = own === 0 ? 0 : below(4); more > 0; more--)
        nodeClauses.push(start + own, start + below(own));
      const rival = below(BLOCK);
      if (rival === own) continue;
      rivals.push(start + own, start + rival);
      rivals.push(start + rival, start + own);
    }
  }
  const nodeCount = count * BLOCK;
  return {
    constraints: {
      candidates: buildCsr(nodeCount, candidates),
      nodeClauses: buildCsr(nodeCount, nodeClauses),
      conflicts: buildCsr(nodeCount, rivals),
    },
    usable: new Uint8Array(nodeCount).fill(1),
  };
}

interface ReadCounter {
  reads: number;
}

function countReads(csr: Csr, counter: ReadCounter): Csr {
  const target = new Proxy(csr.target, {
    get: (own, key): unknown => {
      counter.reads++;
      const value: unknown = Reflect.get(own, key, own);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => Reflect.apply(value, own, args);
    },
  });
  return { offset: csr.offset, target };
}

/** Answers of a thousand requests to one block, with the cells of the constraints that each made the solver read. */
function solveCounted(
  { constraints, usable }: ReturnType<typeof blocks>,
  block: number,
): readonly { readonly found: Outcome; readonly reads: number }[] {
  const counter = { reads: 0 };
  const counted = {
    candidates: countReads(constraints.candidates, counter),
    nodeClauses: countReads(constraints.nodeClauses, counter),
    conflicts: countReads(constraints.conflicts, counter),
  };
  const solver = new DependencySolver(counted, usable);
  const random = seededRandom(8);
  return Array.from({ length: 1000 }, () => {
    const roots = Array.from({ length: 3 }, () => block * BLOCK + Math.floor(random() * BLOCK));
    counter.reads = 0;
    const found = solver.solve({ roots, forbidden: [] });
    return { found, reads: counter.reads };
  });
}

describe('DependencySolver on a large universe', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('touches no more of a hundred thousand nodes than of a thousand', () => {
    const alone = solveCounted(blocks(1), 0);
    const large = blocks(100);
    const fill = vi.spyOn(Int32Array.prototype, 'fill');
    const among = solveCounted(large, 57);
    const filled = fill.mock.contexts.map((column) => (column instanceof Int32Array ? column.length : 0));
    // Columns are made for the solver, not for each request.
    expect(filled.filter((length) => length >= large.usable.length).length).toBeLessThan(10);
    expect(among.map(({ reads }) => reads)).toEqual(alone.map(({ reads }) => reads));
    const setOf = (found: Outcome, first: number): unknown =>
      found.kind === 'installed' ? [...found.installed].map((node) => node - first) : found.kind;
    expect(among.map(({ found }) => setOf(found, 57 * BLOCK))).toEqual(
      alone.map(({ found }) => setOf(found, 0)),
    );
    const kinds = among.map(({ found }) => found.kind);
    expect(kinds.filter((kind) => kind === 'installed').length).toBeGreaterThan(900);
    expect(kinds.filter((kind) => kind === 'conflict').length).toBeGreaterThan(5);
  });
});
