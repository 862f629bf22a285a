import { at } from '../../base/column.ts';
import { compareText, firstDifference } from '../../base/compare.ts';
import { groupBy } from '../../base/group-by.ts';
import type { CiUnit } from './ci-units.ts';
import type { Machine } from './machines.ts';
import { plainNames } from './plain-names.ts';
import { block, flow, list, row, type YamlEntry, type YamlValue } from './yaml-text.ts';

/** All that the jobs of a workflow are made of. */
export interface GithubJobs {
  readonly units: readonly CiUnit[];
  readonly machines: ReadonlyMap<string, Machine>;
  /** Whether packages go from job to job as artifacts; else to a repository. */
  readonly areHandedOn: boolean;
}

/** One job a unit, which waits for those that it needs. */
export function unitEntries({ units, machines }: GithubJobs): readonly YamlEntry[] {
  const ids = jobIds(units);
  return units.map((unit) => ({
    key: ids.get(unit.slug) ?? '',
    comment: [],
    value: block([
      ['name', unit.slug],
      [
        'needs',
        unit.needs.length === 0
          ? undefined
          : list(unit.needs.map((need) => ids.get(at(units, need).slug) ?? '')),
      ],
      ...runsOn(unit, machines),
      ['steps', steps(unit.slug)],
    ]),
  }));
}

/** Letters, digits, `-` and `_`, first a letter or `_`; up to 100 letters. */
function jobIds(units: readonly CiUnit[]): ReadonlyMap<string, string> {
  const names = plainNames(
    units.map(({ slug }) => slug),
    /[^A-Za-z0-9_-]/g,
    90,
  );
  return new Map([...names].map(([slug, name]) => [slug, /^[A-Za-z]/.test(name) ? name : `_${name}`]));
}

/** Units that one matrix builds: of one level and builder. */
export interface Batch {
  readonly name: string;
  readonly units: readonly CiUnit[];
  /** Names of the batches that it waits for. */
  readonly needs: readonly string[];
}

/** All units in batches of up to `most`, those of a level before those of the next. O(units + needs) */
export function batchesOf({ units, machines }: GithubJobs, most: number): readonly Batch[] {
  const nameOf = ({ task }: CiUnit): string => machines.get(task.builder)?.name ?? '';
  const groups = groupBy(units, (unit) => `${String(unit.level)} ${nameOf(unit)}`);
  const chunks = [...groups.values()]
    .sort(([a], [b]) => firstDifference(a.level - b.level, compareText(nameOf(a), nameOf(b))))
    .flatMap((group) => chunksOf(group, most));
  const titles = chunks.map(({ first, index }) => {
    return `level-${String(first.level).padStart(2, '0')}-${String(index + 1)}-${nameOf(first)}`;
  });
  const ids = plainNames(titles, /[^A-Za-z0-9_-]/g, 90);
  const batchOf = new Map<CiUnit, string>();
  for (const [index, chunk] of chunks.entries()) {
    for (const unit of chunk.units) batchOf.set(unit, ids.get(at(titles, index)) ?? '');
  }
  const ranks = new Map([...ids.values()].map((id, rank) => [id, rank]));
  return chunks.map((chunk, index) => {
    const needs = new Set(
      chunk.units.flatMap((unit) => unit.needs.map((need) => batchOf.get(at(units, need)) ?? '')),
    );
    return {
      name: ids.get(at(titles, index)) ?? '',
      units: chunk.units,
      needs: [...needs].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)),
    };
  });
}

interface Chunk {
  readonly first: CiUnit;
  readonly index: number;
  readonly units: readonly CiUnit[];
}

function chunksOf(units: readonly [CiUnit, ...CiUnit[]], most: number): readonly Chunk[] {
  const count = Math.ceil(units.length / most);
  return Array.from({ length: count }, (_, index) => {
    return { first: units[0], index, units: units.slice(index * most, (index + 1) * most) };
  });
}

/** One job that a matrix makes as many of as the batch has units. @param inFile the jobs that it can wait for by name */
export function matrixEntry({ machines }: GithubJobs, batch: Batch, inFile: ReadonlySet<string>): YamlEntry {
  const [first] = batch.units;
  if (first === undefined) throw new Error('BUG: a batch of nothing');
  const needs = batch.needs.filter((name) => inFile.has(name));
  const timeoutMinutes = Math.max(...batch.units.map((unit) => unit.timeoutMinutes));
  return {
    key: batch.name,
    comment: [],
    value: block([
      ['name', '${{ matrix.unit }}'],
      ['needs', needs.length === 0 ? undefined : list(needs)],
      // a unit that fails doesn't stop the whole level after it: units.sh does not build what misses an artifact
      ['if', needs.length === 0 ? undefined : '${{ !cancelled() }}'],
      ...runsOn({ ...first, timeoutMinutes }, machines),
      [
        'strategy',
        block([
          ['fail-fast', false],
          ['matrix', block([['unit', list(batch.units.map(({ slug }) => slug))]])],
        ]),
      ],
      ['steps', steps('${{ matrix.unit }}')],
    ]),
  };
}

function steps(unit: string): YamlValue {
  return list([
    block([['uses', 'actions/checkout@v4']]),
    block([
      ['uses', './.github/actions/debplan'],
      ['with', flow([['unit', unit]])],
    ]),
  ]);
}

/** The labels that GitHub itself gives to a runner, and the builder's name. */
function runsOn(
  { task, timeoutMinutes }: CiUnit,
  machines: ReadonlyMap<string, Machine>,
): readonly (readonly [string, YamlValue])[] {
  const machine = machines.get(task.builder);
  if (machine === undefined) throw new Error(`BUG: no builder ${task.builder}`);
  return [
    [
      'runs-on',
      row(['self-hosted', 'linux', LABELS.get(machine.builder.arch) ?? machine.arch, machine.name]),
    ],
    ['timeout-minutes', Math.min(timeoutMinutes, MOST_MINUTES)],
  ];
}

/** What a self-hosted runner calls its architecture; others have to be given as labels. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['amd64', 'x64'],
  ['arm64', 'arm64'],
  ['armhf', 'arm'],
]);

/** Five days: no job runs longer. */
const MOST_MINUTES = 5 * 24 * 60;
