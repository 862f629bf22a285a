import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { github, githubFiles, GITHUB_LIMITS } from '../../../src/emit/ci/github.ts';
import type { EmittedFile } from '../../../src/emit/emitter.ts';
import { taskSlugs } from '../../../src/emit/task-slugs.ts';
import { tasksByStart } from '../../../src/plan/make-tasks.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planExample } from '../../platform/example.ts';
import { PAYLOAD_PLAN } from '../payload-plan.ts';
import { allNeeds } from '../../support/all-needs.ts';
import { emptyPlan, planTask } from '../small-plan.ts';
import { generatedPlan } from './generated-plan.ts';
import { readYaml } from './read-yaml.ts';
import { expectedArgv, makeRecorder, RECORDED, type Recorder } from './recorded-argv.ts';

const MAIN = '.github/workflows/debplan.yml';

const job = z.object({
  name: z.string().optional(),
  needs: z.array(z.string()).default([]),
  uses: z.string().optional(),
  if: z.string().optional(),
  'runs-on': z.union([z.string(), z.array(z.string())]).optional(),
  strategy: z
    .object({ 'fail-fast': z.boolean(), matrix: z.object({ unit: z.array(z.string()) }) })
    .optional(),
  steps: z.array(z.object({ with: z.object({ unit: z.string() }).optional() })).default([]),
});
const workflow = z.object({ on: z.record(z.string(), z.unknown()), jobs: z.record(z.string(), job) });
type Job = z.infer<typeof job>;

/** What GitHub's own parser says against a workflow. */
async function parserErrors({ path, content }: EmittedFile): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

function jobsOf(files: readonly EmittedFile[], path = MAIN): readonly (readonly [string, Job])[] {
  return Object.entries(readYaml(files, path, workflow).jobs);
}

function workflowsOf(files: readonly EmittedFile[]): readonly EmittedFile[] {
  return files.filter(({ path }) => path.startsWith('.github/workflows/'));
}

/** Jobs have names that GitHub takes, and need what stands before them: so all exist, and there is no ring. */
function expectTaken(jobs: readonly (readonly [string, Job])[], limits = GITHUB_LIMITS): void {
  const before = new Set<string>();
  for (const [id, { needs, strategy }] of jobs) {
    expect(id).toMatch(/^[A-Za-z_][A-Za-z0-9_-]{0,99}$/);
    expect(
      needs.filter((need) => !before.has(need)),
      id,
    ).toEqual([]);
    expect(strategy?.matrix.unit.length ?? 0).toBeLessThanOrEqual(limits.matrix);
    before.add(id);
  }
  expect(new Set([...before].map((id) => id.toLowerCase())).size).toBe(jobs.length);
}

/** The units that a job builds. */
function unitsOf({ steps, strategy }: Job): readonly string[] {
  return strategy?.matrix.unit ?? steps.flatMap((step) => step.with?.unit ?? []);
}

function slugsOf(plan: Plan): readonly string[] {
  const slugs = taskSlugs(plan);
  return tasksByStart(plan.targets).map(({ id }) => slugs.get(id) ?? '');
}

function script(files: readonly EmittedFile[]): string {
  const file = files.find(({ path }) => path.endsWith('/units.sh'));
  return file?.content ?? '';
}

function build(
  recorder: Recorder,
  text: string,
  unit: string,
  env: Readonly<Record<string, string>> = {},
): readonly string[] {
  return recorder.run(text, ['build', unit], env);
}

describe('a GitHub workflow of the platform', async () => {
  const { plan } = await planExample();
  const files = github.emit(plan, RECORDED);
  const jobs = jobsOf(files);

  it('is one that GitHub’s own parser takes', async () => {
    const [main] = workflowsOf(files);
    expect(main === undefined ? ['none'] : await parserErrors(main)).toEqual([]);
    const broken = {
      path: 'x',
      content: 'on: push\njobs: {a: {runs-on: x, stepz: []}}\n',
      isExecutable: false,
    };
    expect(await parserErrors(broken)).not.toEqual([]);
  });

  it('has a job a build, in plan order, that waits for those of all that it needs', () => {
    expectTaken(jobs);
    expect(jobs.flatMap(([, one]) => unitsOf(one))).toEqual(slugsOf(plan));
    const slugs = taskSlugs(plan);
    const unitOf = new Map(jobs.map(([id, one]) => [id, unitsOf(one)[0] ?? '']));
    const needs = jobs.map(([, one]) => one.needs.map((need) => unitOf.get(need) ?? '').sort());
    expect(needs).toEqual(
      tasksByStart(plan.targets).map((task) => task.needs.map((need) => slugs.get(need) ?? '').sort()),
    );
  });

  it('runs each build on a runner of its builder and architecture', () => {
    const arm = jobs.find(([, { name }]) => name === 'base.std.libkeel_3.2.0-1.arm64');
    expect(arm?.[1]['runs-on']).toEqual(['self-hosted', 'linux', 'arm64', 'arm']);
  });

  it('fetches what a build needs as a pattern of artifacts', () => {
    const recorder = makeRecorder();
    const text = script(files);
    const pattern = recorder.run(
      `(${text}\n) | tr '\\n' '\\0' >&9`,
      ['needs', 'apps.std.harbor-docs_3.1.0-1.all'],
      {},
    );
    const needed = [
      ...['libquay_2.5.0-1.amd64', 'ropewalk_1.3.0-1.amd64', 'splice_0.4.0-2.amd64', 'bollard_0.7.1-1.amd64'],
      ...['signal-idl_1.9.0-2.amd64', 'dh-harbor_1.6.all', 'harbor-release_3.1.amd64'],
    ].map((name) => `base.std.${name}`);
    expect(pattern).toEqual([`needs-1={${needed.join(',')},runtime.std.harbor-net_5.0.3-2.amd64}`]);
  });
});

describe('a GitHub workflow of names that are none', () => {
  const files = github.emit(PAYLOAD_PLAN, RECORDED);
  const text = script(files);

  it('is one that GitHub takes, with no expression in it', async () => {
    const [main] = workflowsOf(files);
    expect(main === undefined ? ['none'] : await parserErrors(main)).toEqual([]);
    expect(main?.content).not.toContain('${{');
    expectTaken(jobsOf(files));
  });

  it('hands each name to the builder as it is', () => {
    const recorder = makeRecorder();
    const units = recorder.save('units.sh', text);
    const given = recorder.runAll(
      slugsOf(PAYLOAD_PLAN).map((slug, place, all) => {
        const before = all[place - 1];
        const needed =
          before === undefined ? '' : `mkdir -p debplan-needs/${before}; : > debplan-needs/${before}/built`;
        return `find() { :; }; ${needed}\nset -- build ${slug}\n. "${units}"`;
      }),
    );
    expect(given).toEqual(expectedArgv(PAYLOAD_PLAN));
    expect(recorder.names()).toEqual(['debplan-needs', 'packages', 'results']);
  });
});

describe('a large GitHub workflow', () => {
  const LIMITS = { jobs: 30, matrix: 16, fileBytes: 480_000 };

  it('is a matrix a level and builder, each within what a matrix may hold', async () => {
    const plan = generatedPlan(300, 3, 1);
    const files = githubFiles(plan, RECORDED, LIMITS);
    const jobs = jobsOf(files);
    expectTaken(jobs, LIMITS);
    expect(jobs.flatMap(([, one]) => unitsOf(one)).sort()).toEqual([...slugsOf(plan)].sort());
    for (const file of workflowsOf(files)) expect(await parserErrors(file)).toEqual([]);
    const jobOf = new Map(jobs.flatMap(([id, one]) => unitsOf(one).map((unit) => [unit, id] as const)));
    const needs = new Map(jobs.map(([id, one]) => [id, one.needs]));
    const slugs = taskSlugs(plan);
    const jobOfTask = (id: string): string => jobOf.get(slugs.get(id) ?? '') ?? '';
    for (const [id, all] of allNeeds(plan)) {
      const waits = new Set<string>();
      const open = [...(needs.get(jobOfTask(id)) ?? [])];
      for (let job = open.pop(); job !== undefined; job = open.pop()) {
        if (!waits.has(job)) open.push(...(needs.get(job) ?? []));
        waits.add(job);
      }
      for (const need of all) expect(waits).toContain(jobOfTask(need));
    }
  });

  it('is several workflows where one file is too large, each of a size that GitHub reads', async () => {
    const limits = { jobs: 30, matrix: 256, fileBytes: 12_000 };
    const plan = generatedPlan(400, 3, 2);
    const files = githubFiles(plan, RECORDED, limits);
    const calls = jobsOf(files);
    expectTaken(calls);
    expect(calls.length).toBeGreaterThan(1);
    const parts = calls.map(([, { uses = '' }]) => jobsOf(files, uses.slice(2)));
    for (const part of parts) expectTaken(part, limits);
    expect(parts.flatMap((part) => part.flatMap(([, one]) => unitsOf(one))).sort()).toEqual(
      [...slugsOf(plan)].sort(),
    );
    for (const file of workflowsOf(files)) {
      expect(file.content.length).toBeLessThanOrEqual(limits.fileBytes);
      expect(await parserErrors(file)).toEqual([]);
    }
  });

  it('fails a build whose need was not built, and builds it when it was', () => {
    const plan = generatedPlan(3, 2, 5);
    const first = 'source0_1.0-1.amd64';
    const second = 'source1_1.0-1.arm64';
    const files = githubFiles(plan, RECORDED, LIMITS);
    const recorder = makeRecorder();
    expect(script(files)).toContain(`needs='${first}'`);
    expect(() => build(recorder, script(files), second)).toThrow(
      `${first}, which ${second} needs, was not built`,
    );
    const prepare = `mkdir -p debplan-needs/${first}; : > debplan-needs/${first}/built; : > debplan-needs/${first}/x.deb\n`;
    expect(build(recorder, `${prepare}${script(files)}`, second)).toHaveLength(6);
    expect(recorder.run('ls packages results | tr "\\n" "\\0" >&9', [], {})).toEqual([
      'packages:',
      'x.deb',
      '',
      'results:',
      'built',
    ]);
  });

  it('fetches no more needs at once than a pattern of 64 KiB holds', () => {
    const ids = Array.from({ length: 700 }, (_, index) => `${'a'.repeat(95)}.${String(index)}`);
    const tasks = [...ids.map((id) => ({ id, needs: [] })), { id: 'last', needs: ids }].map(({ id, needs }) =>
      planTask({ id, source: id, version: '1', needs, startMs: id === 'last' ? 1 : 0 }),
    );
    const target = { arch: 'amd64', kind: 'any' as const, profiles: [] };
    const files = github.emit(emptyPlan([{ target, tasks }]), RECORDED);
    const said = makeRecorder().run(`(${script(files)}\n) | tr '\\n' '\\0' >&9`, ['needs', 'last'], {});
    const patterns = said.map((line) => line.replace(/^needs-\d+=\{(.*)\}$/, '$1'));
    for (const pattern of patterns) expect(pattern.length).toBeLessThan(65_000);
    const asked = patterns.flatMap((pattern) => pattern.split(','));
    expect(asked.sort()).toEqual(
      [...taskSlugs(emptyPlan([{ target, tasks }])).values()].filter((slug) => slug !== 'last').sort(),
    );
    const action = files.find(({ path }) => path.endsWith('/action.yml'))?.content ?? '';
    const steps = [...action.matchAll(/pattern: .*outputs\.(needs-\d+) /g)].map(([, name]) => name);
    expect(steps).toEqual(said.map((line) => line.replace(/=.*/s, '')));
  });

  it('keeps the exit status of a build that fails, and its results apart from those that are done', () => {
    const plan = generatedPlan(1, 0, 1);
    const recorder = makeRecorder();
    const failing = 'fake_builder() { : > x.deb; return 3; }';
    const text = script(github.emit(plan, RECORDED)).replace(
      'exit "$status"',
      'printf "%s\\0" "$status" >&9',
    );
    const said = build(recorder, `${failing}\n${text}`, 'source0_1.0-1.amd64');
    expect(said).toEqual(['3']);
    expect(recorder.run('ls results | tr "\\n" "\\0" >&9', [], {})).toEqual(['x.deb']);
  });
});

it('has a job even where nothing is to be built, since GitHub wants one', async () => {
  const files = github.emit(emptyPlan([]), RECORDED);
  const [main] = workflowsOf(files);
  expect(main === undefined ? ['none'] : await parserErrors(main)).toEqual([]);
  expect(jobsOf(files)).toHaveLength(1);
});
