import { resolve } from 'node:path';
import { at } from '../base/column.ts';
import { AGAINST, type Against } from '../benchmark/bench-document.ts';
import { BENCH_VOCABULARY } from '../benchmark/bench-metrics.ts';
import type { BenchLimit } from '../benchmark/check-bench.ts';
import { DISK_FACTOR, type BuilderDefaults, type GivenBuilder } from '../dispatch/parse-builder.ts';
import { labelPaths } from '../io/labels.ts';
import { readTextFile } from '../io/read-text.ts';
import { parseBuilders } from './builder-options.ts';
import { parseConditionOf } from './fail-if.ts';
import { resolveHistoryFile } from './history-file.ts';
import { readBuilders } from './plan-settings.ts';
import {
  resolveSimulationOptions,
  type RawSimulationOptions,
  type ResolvedSimulationOptions,
} from './simulate-options.ts';
import { usage } from './usage-error.ts';

/** What the set of all `--builder` is called. */
const GIVEN = '--builder';

/** The options of a bench as texts; anything may be missing. */
export interface RawBenchOptions extends RawSimulationOptions {
  /** Builders, which are a set of their own. */
  readonly builder?: readonly string[] | undefined;
  /** Files of builders, a set each. */
  readonly builders?: readonly string[] | undefined;
  /** A plain file. */
  readonly history?: string | undefined;
  /** What it is held against there; missing: `last`. */
  readonly against?: string | undefined;
  /** False: no processor times; missing: true. */
  readonly time?: boolean | undefined;
  /** What the plan is called; missing: its file's name. */
  readonly name?: string | undefined;
  /** Conditions: see `parseConditionOf`. */
  readonly failIf?: readonly string[] | undefined;
  /** A file; `-` is stdout. */
  readonly csv?: string | undefined;
  readonly json: boolean;
}

export interface ResolvedBenchOptions {
  readonly simulation: ResolvedSimulationOptions;
  /** Which of these nobody asked for: the size of the plan decides. */
  readonly isDefault: { readonly jitters: boolean; readonly runs: boolean; readonly policies: boolean };
  /** Without those of the plan; names are unique. */
  readonly sets: readonly BuilderSet[];
  readonly history: string | undefined;
  readonly against: Against;
  readonly limits: readonly BenchLimit[];
}

/** Builders that a plan is measured on beside its own. */
export interface BuilderSet {
  /** The file's name, with as much of its path as it takes to tell it from others; `--builder`. */
  readonly name: string;
  readonly builders: readonly GivenBuilder[];
}

/** Fills what a bench needs, and reads files of builders. @throws UserError for what can't be used */
export async function readBenchOptions(raw: RawBenchOptions): Promise<ResolvedBenchOptions> {
  const limits = (raw.failIf ?? []).map((text) => parseConditionOf(text, BENCH_VOCABULARY));
  const change = limits.find(({ limit }) => limit.kind !== 'value');
  if (change !== undefined && raw.history === undefined)
    throw usage(
      `--fail-if ${change.text} is a change, and there is no history that tells what was before`,
      'add --history bench.jsonl, or leave the sign out',
    );
  const timed = limits.find(({ metric }) => metric === 'planning');
  if (timed !== undefined && raw.time === false)
    throw usage(`--fail-if ${timed.text}: --no-time measures no times`, 'leave one of them out');
  if (raw.json && raw.csv === '-')
    throw usage("--json and --csv - can't both go to stdout", 'name a file: --csv bench.csv');
  if (raw.name?.trim() === '') throw usage('--name needs a name', '--name nightly');
  if (raw.csv === '') throw usage('--csv needs the name of a file', '--csv bench.csv');
  const defaults: BuilderDefaults = { diskFactor: DISK_FACTOR };
  const given = parseBuilders(raw.builder ?? [], defaults);
  return {
    simulation: resolveSimulationOptions(raw),
    isDefault: {
      jitters: raw.jitter === undefined,
      runs: raw.runs === undefined,
      policies: raw.policies === undefined,
    },
    sets: [
      ...(given.length === 0 ? [] : [{ name: GIVEN, builders: given }]),
      ...(await readSets(raw.builders ?? [], defaults)),
    ],
    history: raw.history === undefined ? undefined : resolveHistoryFile(raw.history),
    against: resolveAgainst(raw),
    limits,
  };
}

function resolveAgainst({ against = 'last', history }: RawBenchOptions): Against {
  const found = AGAINST.find((known) => known === against);
  if (found === undefined)
    throw usage(`--against can't be ${against}`, `the choices are ${AGAINST.join(', ')}`);
  if (found !== 'last' && history === undefined)
    throw usage(`--against ${found} needs the benches that were before`, 'add --history bench.jsonl');
  return found;
}

/** What sets that stand in no file are called. */
const RESERVED: readonly string[] = ['plan', GIVEN];

function nameSet(label: string): string {
  return RESERVED.includes(label) ? `file ${label}` : label;
}

async function readSets(paths: readonly string[], defaults: BuilderDefaults): Promise<readonly BuilderSet[]> {
  const places = paths.map((path) => resolve(path));
  const double = paths.find((_, index) => places.indexOf(at(places, index)) < index);
  if (double !== undefined) throw usage(`--builders ${double} is named twice`, 'leave one out');
  const labels = labelPaths(places);
  return Promise.all(
    paths.map(async (path, index) => {
      const file = await readTextFile(path);
      const builders = readBuilders(file, defaults);
      if (builders.length === 0)
        throw usage(`--builders ${file.name} names no builder`, '- {name: x86, arch: amd64, slots: 8}');
      return { name: nameSet(at(labels, index)), builders };
    }),
  );
}
