import { appendHistory } from './append-history.ts';
import { UserError, type Diagnostic } from './base/diagnostic.ts';
import { stableJson } from './base/stable-json.ts';
import { formatMeasured } from './emit/measured-text.ts';
import type { Style } from './emit/style.ts';
import { formatRecord } from './history/format-record.ts';
import type { BuildRecord } from './history/record.ts';
import { checkAppendable } from './io/append-lines.ts';
import { systemReason } from './io/system-error.ts';
import { thisMachine } from './io/this-machine.ts';
import { learnLogs } from './learn-logs.ts';
import { commandFacts } from './measure/command-facts.ts';
import {
  cannotStart,
  noFolder,
  noRamDisk,
  unknownBuild,
  unsavedRecord,
  usedRamDisk,
} from './measure/diagnostics.ts';
import { findFacts } from './measure/find-facts.ts';
import { foreignBytes, makeBuildRecord, type BuildFacts } from './measure/make-record.ts';
import type { FootprintPlace, Measured } from './measure/measured.ts';
import { CannotStart, runCommand, type CommandResult } from './measure/run-command.ts';
import { buildLogsIn, isWorkingBelow, lookAtPlace } from './measure/surroundings.ts';
import { resolveHistoryFile } from './options/history-file.ts';
import { resolveMeasureOptions, type RawMeasureOptions } from './options/measure-options.ts';
import { usage } from './options/usage-error.ts';

/** What is asked of `debplan measure`. */
export interface MeasureRequest extends RawMeasureOptions {
  /** The command and its arguments. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly history?: string | undefined;
  readonly json: boolean;
}

/** What became of it. */
export interface MeasureAnswer {
  /** The command's own; 126 and 127 when it can't be started, as env(1) has it. */
  readonly exitCode: number;
  /** For stdout: with `json` one document, else nothing, since stdout is the command's. */
  readonly document: string;
  /** For people. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The line of a record that could not be added to the history, for stderr; else empty. */
  readonly unsaved: string;
}

/** The JSON document of `debplan measure`. */
export interface MeasureDocument {
  readonly schema: typeof MEASURE_SCHEMA;
  readonly command: readonly string[];
  readonly exitCode: number;
  readonly signal: string | null;
  readonly measured: Measured;
  /** Null when it is not known what was built. */
  readonly record: BuildRecord | null;
}

export const MEASURE_SCHEMA = 'debplan/measure@1';

/**
 * Runs a command, measures it, and adds a record to the history if one is named. With `json` the command's stdout goes to stderr.
 * @throws UserError before the command is run, for a request that can't be met
 */
export async function measureBuild(request: MeasureRequest, style: Style): Promise<MeasureAnswer> {
  const { command, env, history, json } = request;
  const [file, ...args] = command;
  if (file === undefined)
    throw usage('no command is named', 'debplan measure --ram /RAM -- sbuild hello_2.10-3.dsc');
  const options = resolveMeasureOptions(request);
  const facts = commandFacts(command, env);
  const mode = modeOf(options.place);
  const build = findFacts(options, facts, { mode, machineArch: thisMachine().arch });
  const isWanted = history !== undefined || options.source !== undefined;
  if (isWanted && 'missing' in build) throw new UserError([unknownBuild(build.missing)]);
  if (history !== undefined) await checkAppendable(resolveHistoryFile(history));
  const { place, intervalMs } = options;
  const isWorkingThere = place?.kind === 'ram' && isWorkingBelow(place.path);
  const oldLogs = new Set(facts.tool === SBUILD ? buildLogsIn('.') : []);
  const result = await tryCommand({
    ...{ file, args, intervalMs },
    ...(place === undefined ? {} : { place }),
    ...(json ? { stdio: ['inherit', 2, 'inherit'] } : {}),
  });
  if (result instanceof CannotStart) return notStarted(file, result);
  const { exitCode, signal, measured } = result;
  const end = { ...result, tool: facts.tool };
  const log = 'missing' in build ? undefined : await logOf(build, facts.tool, oldLogs);
  const foreign = 'missing' in build ? 0 : foreignBytes(build, measured, isWorkingThere);
  const record = 'missing' in build ? undefined : makeBuildRecord(build, end, measured, log, foreign);
  const document: MeasureDocument = {
    schema: MEASURE_SCHEMA,
    command,
    exitCode,
    signal: signal ?? null,
    measured,
    record: record ?? null,
  };
  return {
    exitCode,
    document: json ? stableJson(document) : '',
    text: formatMeasured(measured, record, style),
    ...(await append(history, record, record === undefined ? [] : usedBefore(measured, foreign))),
  };
}

/** @throws UserError for a place that can't be measured */
function modeOf(place: FootprintPlace | undefined): BuildFacts['mode'] {
  if (place === undefined) return undefined;
  const { kind, path } = place;
  const found = lookAtPlace(path);
  if (found === 'no folder') throw new UserError([noFolder(path)]);
  if (kind === 'ram' && found === 'disk') throw new UserError([noRamDisk(path)]);
  return found;
}

async function tryCommand(request: Parameters<typeof runCommand>[0]): Promise<CommandResult | CannotStart> {
  try {
    return await runCommand(request);
  } catch (error) {
    if (error instanceof CannotStart) return error;
    throw error;
  }
}

/** What sbuild's log of this build tells, if it left one in the working directory. */
async function logOf(
  { source, builder }: BuildFacts,
  tool: string,
  old: ReadonlySet<string>,
): Promise<BuildRecord | undefined> {
  if (tool !== SBUILD) return undefined;
  const logs = buildLogsIn('.').filter((name) => !old.has(name) && name.startsWith(`${source}_`));
  const { records } = await learnLogs(logs, { builder, mode: undefined });
  return records.length === 1 ? records[0] : undefined;
}

/** What is to be said of a RAM disk that was not empty. */
function usedBefore({ place, beginBytes = 0 }: Measured, foreign: number): readonly Diagnostic[] {
  if (place?.kind !== 'ram' || beginBytes < LEAST_USED) return [];
  return [usedRamDisk(place.path, beginBytes, foreign > 0)];
}

/** @returns why it could not be added: the build is done, and its exit code counts all the same */
async function append(
  history: string | undefined,
  record: BuildRecord | undefined,
  diagnostics: readonly Diagnostic[],
): Promise<Pick<MeasureAnswer, 'diagnostics' | 'unsaved'>> {
  if (history === undefined || record === undefined) return { diagnostics, unsaved: '' };
  try {
    await appendHistory(history, [record]);
    return { diagnostics, unsaved: '' };
  } catch (error) {
    if (error instanceof UserError) {
      const all = [...diagnostics, ...error.diagnostics, unsavedRecord(history)];
      return { diagnostics: all, unsaved: formatRecord(record) };
    }
    throw error;
  }
}

/** Less lies on every RAM disk that is in use. */
const LEAST_USED = 1024 ** 2;
const SBUILD = 'sbuild';
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

function notStarted(file: string, error: CannotStart): MeasureAnswer {
  const exitCode = error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
  const reason = error.code === 'ENOENT' ? 'there is no such command' : systemReason(error);
  return { exitCode, document: '', text: '', diagnostics: [cannotStart(file, reason)], unsaved: '' };
}
