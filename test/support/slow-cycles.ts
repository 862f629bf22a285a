import { at } from '../../src/base/column.ts';

/** A graph as lists: `needs[node]` are the nodes that it waits for. */
export type Needs = readonly (readonly number[])[];

/** Every elementary cycle as its nodes, the lowest first: all paths from each node over higher ones, tried one by one. */
export function slowCycles(needs: Needs): readonly (readonly number[])[] {
  const cycles: (readonly number[])[] = [];
  const extend = (path: readonly number[]): void => {
    const start = at(path, 0);
    for (const next of at(needs, at(path, path.length - 1))) {
      if (next === start) cycles.push(path);
      else if (next > start && !path.includes(next)) extend([...path, next]);
    }
  };
  needs.forEach((_, start) => {
    extend([start]);
  });
  return cycles;
}

/** The choice of `enumerateCycles` among all cycles, said again with sets. */
export function slowChoice(
  cycles: readonly (readonly number[])[],
  most: number,
): readonly (readonly number[])[] {
  const weight = (cycle: readonly number[]): number =>
    cycle.reduce((sum, node) => sum + cycles.filter((other) => other.includes(node)).length, 0);
  const compare = (a: readonly number[], b: readonly number[]): number =>
    a.length - b.length ||
    weight(b) - weight(a) ||
    (a.map((node, index) => node - at(b, index)).find((difference) => difference !== 0) ?? 0);
  const order = [...cycles].sort(compare);
  const chosen = new Set<readonly number[]>();
  const nodes = new Set<number>();
  const edges = new Set<string>();
  const edgesOf = (cycle: readonly number[]): readonly string[] =>
    cycle.map((node, index) => `${String(node)} ${String(at(cycle, (index + 1) % cycle.length))}`);
  const rules: readonly ((cycle: readonly number[]) => boolean)[] = [
    (cycle) => !cycle.some((node) => nodes.has(node)),
    (cycle) => cycle.some((node) => !nodes.has(node)),
    (cycle) => edgesOf(cycle).some((edge) => !edges.has(edge)),
    () => true,
  ];
  for (const isWanted of rules) {
    for (const cycle of order) {
      if (chosen.size === most || chosen.has(cycle) || !isWanted(cycle)) continue;
      chosen.add(cycle);
      cycle.forEach((node) => nodes.add(node));
      edgesOf(cycle).forEach((edge) => edges.add(edge));
    }
  }
  return order.filter((cycle) => chosen.has(cycle));
}
