import { parseArgs } from 'node:util';
import { type Diagnostic, formatDiagnostics, plainStyle } from '../../src/internal.ts';
import { type BoundsTable, type Instance, readBounds, readInstances } from './instances.ts';
import { runSet, type SetRun } from './run-set.ts';

const USAGE = 'npm run bench:rcpsp -- DIR --schedules N [--bounds TSV] [--json] [--seed N]';

interface Request {
  readonly folder: string;
  readonly schedules: number;
  readonly seed: number;
  readonly boundsFile: string | undefined;
  readonly isJson: boolean;
}

/** Trouble in what the user gave; the message says what to change. */
class InputError extends Error {}

function readRequest(): Request {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      schedules: { type: 'string' },
      bounds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0) throw new InputError(`one folder is wanted: ${USAGE}`);
  return {
    folder,
    schedules: wholeNumber('--schedules', values.schedules ?? '', 1),
    seed: wholeNumber('--seed', values.seed, 0),
    boundsFile: values.bounds,
    isJson: values.json,
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new InputError(`${name} '${text}' must be a whole number from ${least} on: ${USAGE}`);
  return Number(text);
}

/** Sets in the order of their first file. */
function bySet(instances: readonly Instance[]): readonly (readonly Instance[])[] {
  const sets = new Map<string, Instance[]>();
  for (const instance of instances) {
    const set = sets.get(instance.set) ?? [];
    set.push(instance);
    sets.set(instance.set, set);
  }
  return [...sets.values()];
}

function formatRun({ result, schedulesUsed }: SetRun): string {
  const gap = result.averageGapToBestKnownPercent;
  const rate = Math.round(schedulesUsed / Math.max(0.01, result.cpuSeconds));
  return [
    result.set.padEnd(10),
    `${result.instances} instances`,
    `${result.schedules} schedules`,
    `${result.averageDeviationFromCriticalPathPercent.toFixed(3)} % above the critical path`,
    gap === null ? 'best known not given' : `${gap.toFixed(3)} % above the best known`,
    `${result.optimal} optimal`,
    `${result.cpuSeconds.toFixed(1)} CPU s`,
    `${rate} schedules/s`,
  ].join('  ');
}

/** @returns the exit code */
function main(): number {
  const request = readRequest();
  const known: BoundsTable = request.boundsFile === undefined ? new Map() : readBounds(request.boundsFile);
  const diagnostics: Diagnostic[] = [];
  const instances = readInstances(request.folder, (diagnostic) => diagnostics.push(diagnostic));
  if (diagnostics.length > 0) {
    process.stderr.write(
      formatDiagnostics(diagnostics, { all: true, quiet: false, paths: new Map(), style: plainStyle }),
    );
    return 2;
  }
  if (instances.length === 0)
    throw new InputError(`${request.folder} holds no .sm, .mm or .rcp file: unpack a set of instances there`);
  const runs: SetRun[] = [];
  for (const set of bySet(instances)) {
    const run = runSet(set, known.get(set[0]?.set ?? ''), request);
    runs.push(run);
    if (!request.isJson) process.stdout.write(`${formatRun(run)}\n`);
  }
  if (request.isJson)
    process.stdout.write(`${JSON.stringify({ sets: runs.map(({ result }) => result) }, undefined, 2)}\n`);
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const isBug = message.startsWith('BUG');
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = isBug ? 70 : 2;
}
