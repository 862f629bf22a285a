import { UserError, type Diagnostic } from './base/diagnostic.ts';
import { placeInJson } from './base/json-place.ts';
import { stableJson } from './base/stable-json.ts';
import { formatNext } from './emit/next-text.ts';
import type { Style } from './emit/style.ts';
import { readTextFile, type TextFile } from './io/read-text.ts';
import { parseJournal } from './journal/parse-journal.ts';
import { replay } from './journal/replay.ts';
import { otherPlan } from './next/diagnostics.ts';
import { Follower } from './next/follower.ts';
import { nextOf } from './next/next-builds.ts';
import type { NextAnswer } from './next/next-document.ts';
import { poseRest } from './next/pose-rest.ts';
import { isJournal, readState } from './next/read-state.ts';
import { resolveState } from './next/resolve-state.ts';
import { NOTHING_YET, type Standing } from './next/standing.ts';
import { standingOfRun } from './next/standing-of-run.ts';
import { resolveNextOptions, type RawNextOptions } from './options/next-options.ts';
import { problemOfPlan, type PlanProblem } from './plan/problem-of-plan.ts';
import { readPlan } from './plan/read-plan.ts';

/** What is asked of `next`. */
export type NextRequest = RawNextOptions;

export interface NextOutcome {
  /** What is printed. */
  readonly text: string;
  readonly answer: NextAnswer;
  /** Contradictions in what was told. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * The answer of `debplan next`.
 * @param clockMs now, in ms since 1970
 * @throws UserError for requests that can't be met, and files that can't be used
 */
export async function answerNext(request: NextRequest, style: Style, clockMs: number): Promise<NextOutcome> {
  const { planProblem, standing, warnings } = await readStanding(request, clockMs);
  const answer = nextOf(planProblem, standing, warnings);
  const text = request.json ? stableJson(answer) : formatNext(answer, style);
  return { text, answer, warnings: [...warnings, ...poseRest(planProblem, standing).warnings] };
}

/**
 * The answers of `debplan next --follow`: what turns each line into one JSON document without line feeds.
 * @param clock ms since 1970
 * @throws UserError as above
 */
export async function followNext(
  request: NextRequest,
  clock: () => number,
): Promise<{ readonly answerLine: (line: string) => string; readonly warnings: readonly Diagnostic[] }> {
  const { planProblem, standing, nowMs, warnings } = await readStanding(request, clock());
  const follower = new Follower(planProblem, standing, nowMs, request.confirm);
  return { answerLine: (line) => JSON.stringify(follower.tell(line, clock())), warnings };
}

interface ReadStanding {
  readonly planProblem: PlanProblem;
  readonly standing: Standing;
  readonly nowMs: number;
  readonly warnings: readonly Diagnostic[];
}

async function readStanding(request: NextRequest, clockMs: number): Promise<ReadStanding> {
  const { plan, state } = resolveNextOptions(request);
  const planFile = await readTextFile(plan);
  const planProblem = problemOfPlan(readPlan(planFile.text, planFile.name), planFile.name);
  if (state === undefined) return { planProblem, standing: NOTHING_YET, nowMs: clockMs, warnings: [] };
  const file = await readTextFile(state);
  if (isJournal(file.text))
    return { planProblem, ...standingOfJournal(planProblem, planFile, file, clockMs) };
  const document = readState(file.text, file.name);
  const placeOf = (path: readonly PropertyKey[]): Pick<Diagnostic, 'location'> => ({
    location: { file: file.name, ...placeInJson(file.text, path) },
  });
  const resolved = resolveState(planProblem, document, clockMs, placeOf);
  return { planProblem, nowMs: document.atMs ?? clockMs, ...resolved };
}

function standingOfJournal(
  planProblem: PlanProblem,
  plan: TextFile,
  journal: TextFile,
  clockMs: number,
): Omit<ReadStanding, 'planProblem'> {
  const { events, diagnostics } = parseJournal(journal.text, journal.name);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new UserError(errors);
  const { tasks, begin, stop } = replay(events);
  const isOther = begin !== undefined && begin.sha256 !== plan.sha256;
  // of a run that has stopped, what it left running is as far as it was then
  const nowMs = stop?.atMs ?? clockMs;
  return {
    standing: standingOfRun(planProblem, tasks, new Set(), nowMs),
    nowMs,
    warnings: [...diagnostics, ...(isOther ? [otherPlan(journal.name, plan.name)] : [])],
  };
}
