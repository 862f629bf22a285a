import { placeInJson } from '../../src/base/json-place.ts';
import { stableJson } from '../../src/base/stable-json.ts';
import { compareArchitectures, comparePlans } from '../../src/compare/compare-plans.ts';
import { DEFAULT_BUILDER_COMMAND, parseTemplate } from '../../src/emit/command/parse-template.ts';
import { emitComparisonMarkdown } from '../../src/emit/comparison-markdown.ts';
import { formatComparison } from '../../src/emit/comparison-text.ts';
import { EMITTERS } from '../../src/emit/emitters.ts';
import { emitGantt } from '../../src/emit/gantt-text.ts';
import { formatNext } from '../../src/emit/next-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { emitSummary } from '../../src/emit/summary.ts';
import { parseJournal } from '../../src/journal/parse-journal.ts';
import { replay } from '../../src/journal/replay.ts';
import { Follower } from '../../src/next/follower.ts';
import { nextOf } from '../../src/next/next-builds.ts';
import { readState } from '../../src/next/read-state.ts';
import { resolveState } from '../../src/next/resolve-state.ts';
import { standingOfRun } from '../../src/next/standing-of-run.ts';
import { NOTHING_YET, type Standing } from '../../src/next/standing.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { encodeReport } from '../../src/report/encode-report.ts';
import { makeReportData } from '../../src/report/make-report-data.ts';
import { generatePlan } from '../support/generated-plan.ts';
import { textTarget } from './package-targets.ts';
import { seedFiles, seedTexts } from './read-seeds.ts';
import { FILE, type Target } from './target.ts';

const PLAN = generatePlan(8);
const PLAN_PROBLEM = problemOfPlan(PLAN, 'plan');
const IDS = PLAN_PROBLEM.tasks.map(({ id }) => id);
const PLAN_SEEDS = [...seedFiles(/expected\/\w+\/plan\.json$/), ...seedTexts(JSON.stringify(PLAN))];
const OPTIONS = { builderCommand: parseTemplate(DEFAULT_BUILDER_COMMAND), suite: 'trixie' };
const NOW_MS = 1_764_000_000_000;

/** What debplan reads plans from, and how far they have come. */
export const planTargets = {
  plan: textTarget(PLAN_SEEDS, (text) => {
    usablePlan(text);
  }),
  emit: textTarget(PLAN_SEEDS, (text) => {
    const plan = usablePlan(text);
    for (const { emit } of Object.values(EMITTERS)) emit(plan, OPTIONS);
    emitSummary(plan, { all: true, style: plainStyle });
    emitGantt(plan, { all: true, style: plainStyle, columns: 80, rows: 24 });
  }),
  report: textTarget(PLAN_SEEDS, (text) => {
    encodeReport(makeReportData([{ label: FILE, sha256: '', plan: usablePlan(text) }]));
  }),
  compare: textTarget(PLAN_SEEDS, (text) => {
    const named = { label: FILE, plan: usablePlan(text) };
    const [left, right = left] = named.plan.options.architectures;
    const documents = [
      comparePlans({ label: 'plan', plan: PLAN }, named),
      ...(left === undefined || right === undefined ? [] : [compareArchitectures(named, left, right)]),
    ];
    for (const document of documents) {
      formatComparison(document, { all: true, style: plainStyle });
      emitComparisonMarkdown(document, true);
      stableJson(document);
    }
  }),
  state: textTarget(stateSeeds(), (text, report) => {
    const { standing, warnings } = resolveState(PLAN_PROBLEM, readState(text, FILE), NOW_MS, (path) => ({
      location: { file: FILE, ...placeInJson(text, path) },
    }));
    for (const warning of warnings) report(warning);
    answer(standing);
  }),
  journal: textTarget(journalSeeds(), (text, report) => {
    const { events, diagnostics } = parseJournal(text, FILE);
    for (const diagnostic of diagnostics) report(diagnostic);
    const { tasks } = replay(events);
    answer(standingOfRun(PLAN_PROBLEM, tasks, new Set(), NOW_MS));
  }),
  follow: textTarget(
    followSeeds(),
    (text) => {
      const follower = new Follower(PLAN_PROBLEM, NOTHING_YET, NOW_MS, true);
      for (const line of text.split('\n', 200)) JSON.stringify(follower.tell(line, NOW_MS));
    },
    false,
  ),
} as const satisfies Record<string, Target>;

function usablePlan(text: string): Plan {
  const plan = readPlan(text, FILE);
  problemOfPlan(plan, FILE);
  return plan;
}

function answer(standing: Standing): void {
  const next = nextOf(PLAN_PROBLEM, standing, []);
  formatNext(next, plainStyle);
  stableJson(next);
}

function stateSeeds(): readonly Uint8Array[] {
  const [first, second, third, fourth] = IDS;
  const running = [
    { id: third, builder: 'x86-1', slot: 0, mode: 'disk', makeJobs: 2, startedMs: NOW_MS - 5000 },
  ];
  const state = { schema: 'debplan/state@1', atMs: NOW_MS, finished: [first], failed: [second], running };
  return seedTexts(
    JSON.stringify(state),
    JSON.stringify(
      { ...state, forDisk: [{ id: fourth }], running: [{ id: third, runningMs: 7, chroot: 0 }] },
      null,
      2,
    ),
  );
}

function journalSeeds(): readonly Uint8Array[] {
  const [first, second] = IDS;
  const begin = {
    ...{ event: 'begin', schema: 'debplan/journal@1', atMs: 1, plan: 'plan.json' },
    on: 'here',
  };
  const place = { builder: 'x86-1', slot: 0, mode: 'ram', makeJobs: 1, ramDiskBytes: 4096 };
  const end = {
    event: 'end',
    atMs: 9,
    outcome: 'built',
    then: 'done',
    startedMs: 2,
    endedMs: 9,
    exitCode: 0,
  };
  const events = [
    { ...begin, sha256: 'a'.repeat(64), builders: ['x86-1'] },
    { event: 'start', atMs: 2, task: first, attempt: 1, ...place },
    { event: 'submit', atMs: 2, task: first, attempt: 1, job: '17' },
    { ...end, task: first, attempt: 1, peakBytes: 5, memoryBytes: 6, cpuMs: 7, node: 'n1' },
    { event: 'start', atMs: 3, task: second, attempt: 1, ...place },
    { ...end, task: second, attempt: 1, outcome: 'failed', then: 'again', reason: 'no room' },
    { event: 'start', atMs: 4, task: second, attempt: 2, ...place, mode: 'disk', chroot: 0 },
    { event: 'stop', atMs: 5, reason: 'interrupted' },
  ];
  return seedTexts(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

function followSeeds(): readonly Uint8Array[] {
  const lines = IDS.slice(0, 4).flatMap((id) => [
    { event: 'started', id, builder: 'x86-1', slot: 1, mode: 'ram', makeJobs: 2, atMs: NOW_MS },
    { event: 'finished', id },
    { event: 'tick', atMs: NOW_MS + 1 },
    { event: 'retry', id, mode: 'disk' },
    { event: 'failed', id },
  ]);
  return seedTexts(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
