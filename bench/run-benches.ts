import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedSubject, givenSubject, type Indexes, type Subject } from './peers/question-files.ts';
import { runPrograms } from './peers/run-programs.ts';
import { describeMachine, loadPerCore, ownVersions } from './results/describe-machine.ts';
import { formatCase } from './results/format-results.ts';
import { caseName, type Filter } from './results/parse-filter.ts';
import { RESULTS_SCHEMA, type BenchResults } from './results/results-schema.ts';
import { FULL, QUICK, timeCase } from './results/time-case.ts';
import { SIZES, type SizeName, type Suite } from './suites/suite.ts';
import { SUITES } from './suites/suites.ts';
import { makeWorkload, type Workload } from './suites/workload.ts';

const PROGRAM_SIZE: SizeName = '10k';
const RUN_SIZES: readonly SizeName[] = ['400', '2k', '10k'];

export interface RunOptions {
  /** Cases and programs that are wanted. */
  readonly filter: Filter;
  /** Fewer sizes and shorter runs: tells what is broken, not what is faster. */
  readonly isQuick: boolean;
  /** What programs are asked about; left out: the generated archive. */
  readonly indexes?: Indexes;
  /** Gets each line as soon as it is known. */
  readonly tell: (line: string) => void;
}

/** Times all that is wanted: cases of this process by size and suite, then programs. */
export async function runBenches(options: RunOptions): Promise<BenchResults> {
  const results: BenchResults = {
    schema: RESULTS_SCHEMA,
    date: new Date().toISOString(),
    machine: describeMachine(),
    loadPerCore: loadPerCore(),
    isQuick: options.isQuick,
    versions: { ...ownVersions() },
    cases: [],
    programs: [],
    skipped: [],
  };
  const sizes = RUN_SIZES.filter((size) => !options.isQuick || SIZES[size].isQuick);
  for (const size of sizes) {
    await inFolder((folder) => runSuites(makeWorkload(SIZES[size].sources, folder), size, options, results));
  }
  if (!options.isQuick) await inFolder((folder) => runPrograms(subjectOf(options, folder), options, results));
  return { ...results, loadPerCore: Math.max(results.loadPerCore, loadPerCore()) };
}

async function runSuites(
  workload: Workload,
  size: SizeName,
  { filter, isQuick, tell }: RunOptions,
  results: BenchResults,
): Promise<void> {
  for (const [suite, own] of suitesAt(size)) {
    const wanted = own
      .cases(workload, size)
      .filter(({ name, peer }) => filter(caseName(suite, size, name, peer)));
    if (wanted.length > 0) tell(`\n${suite}, ${size} sources: ${own.what}`);
    for (const one of wanted) {
      const { name, peer } = one;
      const timed = await timeCase(one, isQuick ? QUICK : FULL);
      const result = { suite, case: name, size, ...(peer === undefined ? {} : { peer }), ...timed };
      results.cases.push(result);
      tell(formatCase(result));
    }
  }
}

/** The suites that run at a size. */
export function suitesAt(size: SizeName): readonly (readonly [name: string, suite: Suite])[] {
  const suites: readonly (readonly [string, Suite])[] = Object.entries(SUITES);
  return suites.filter(([, { largest = '10k' }]) => SIZES[size].sources <= SIZES[largest].sources);
}

function subjectOf({ indexes }: RunOptions, folder: string): Subject {
  if (indexes !== undefined) return givenSubject(indexes, folder);
  return generatedSubject(makeWorkload(SIZES[PROGRAM_SIZE].sources, folder), PROGRAM_SIZE, folder);
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'debplan-bench-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
