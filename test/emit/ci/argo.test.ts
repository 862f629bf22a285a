import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { argo, argoFiles, ARGO_LIMITS } from '../../../src/emit/ci/argo.ts';
import type { EmittedFile } from '../../../src/emit/emitter.ts';
import { taskSlugs } from '../../../src/emit/task-slugs.ts';
import { tasksByStart } from '../../../src/plan/make-tasks.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { PAYLOAD_PLAN } from '../payload-plan.ts';
import { emptyPlan, planBuilder, planTask } from '../small-plan.ts';
import { generatedPlan } from './generated-plan.ts';
import { readYaml } from './read-yaml.ts';
import { expectedArgv, makeRecorder, RECORDED, type Recorder } from './recorded-argv.ts';

const parameters = z.array(z.object({ name: z.string(), value: z.string().optional() }));
const task = z.object({
  name: z.string(),
  template: z.string(),
  dependencies: z.array(z.string()).default([]),
  depends: z.string().optional(),
  arguments: z.object({ parameters }).default({ parameters: [] }),
});
const template = z.object({
  name: z.string(),
  inputs: z.object({ parameters }).optional(),
  dag: z.object({ failFast: z.boolean(), tasks: z.array(task) }).optional(),
  script: z.object({ source: z.string() }).optional(),
  podSpecPatch: z.string().optional(),
});
const workflow = z.object({
  spec: z.object({
    parallelism: z.number(),
    arguments: z.object({ parameters }).optional(),
    templates: z.array(template),
  }),
});
type Workflow = z.infer<typeof workflow>['spec'];
type Task = z.infer<typeof task>;

function workflowOf(files: readonly EmittedFile[], path = 'argo/workflow.yaml'): Workflow {
  return readYaml(files, path, workflow).spec;
}

/** The tasks of each graph. */
function graphsOf({ templates }: Workflow): readonly (readonly Task[])[] {
  return templates.flatMap(({ dag }) => (dag === undefined ? [] : [dag.tasks]));
}

/** All that build something. */
function tasksOf(made: Workflow): readonly Task[] {
  return graphsOf(made).flatMap((tasks) => tasks.filter((one) => !one.template.startsWith('part-')));
}

function valuesOf({ arguments: { parameters: rows } }: Task): ReadonlyMap<string, string> {
  return new Map(rows.map(({ name, value = '' }) => [name, value]));
}

/** Argo puts a task's values into the text of its template. */
function scriptOf({ templates }: Workflow, one: Task): string {
  const values = valuesOf(one);
  const source = templates.find(({ name }) => name === one.template)?.script?.source ?? '';
  return source.replaceAll(
    /\{\{inputs\.parameters\.([a-z-]+)\}\}/g,
    (_, name: string) => values.get(name) ?? 'missing',
  );
}

/** A script that works below a folder. */
function placed(text: string, { folder }: Recorder): string {
  return text.replaceAll('/debplan/', `${folder}/debplan/`).replaceAll('/build/', `${folder}/build/`);
}

/** What Kubernetes makes of the value of an environment variable, by which Argo hands the template to its pod. */
function throughEnvironment(text: string): string {
  return text.replaceAll(/\$\$|\$\(([A-Z_]+)\)/g, (found) => (found === '$$' ? '$' : 'replaced'));
}

/** Tasks with names that Kubernetes takes, all that they wait for before them, all values that their template asks for. */
function expectTaken(made: Workflow): void {
  const inputs = new Map(
    made.templates.map(({ name, inputs: asked }) => [name, asked?.parameters.map((row) => row.name)]),
  );
  for (const tasks of graphsOf(made)) expectGraph(tasks, inputs);
}

function expectGraph(
  tasks: readonly Task[],
  inputs: ReadonlyMap<string, readonly string[] | undefined>,
): void {
  const before = new Set<string>();
  expect(tasks.length).toBeLessThanOrEqual(ARGO_LIMITS.graph);
  for (const one of tasks) {
    expect(one.name).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
    expect(
      one.dependencies.filter((need) => !before.has(need)),
      one.name,
    ).toEqual([]);
    expect([...valuesOf(one).keys()].sort()).toEqual([...(inputs.get(one.template) ?? [])].sort());
    before.add(one.name);
  }
  expect(before.size).toBe(tasks.length);
}

function slugsOf(plan: Plan): readonly string[] {
  const slugs = taskSlugs(plan);
  return tasksByStart(plan.targets).map(({ id }) => slugs.get(id) ?? '');
}

describe('an Argo workflow', () => {
  it('asks for memory for the RAM disk and the processes, and for a node of the architecture', () => {
    const MIB = 2 ** 20;
    const given = {
      source: 'a',
      version: '1',
      builder: 'arm',
      ramDiskBytes: 3 * MIB - 1,
      memoryBytes: 5 * MIB,
      makeJobs: 8,
    };
    const tasks = [planTask({ ...given, id: 'ram' }), planTask({ ...given, id: 'spilled', mode: 'disk' })];
    const builders = [planBuilder({ name: 'arm', arch: 'armhf', slots: 3 })];
    const plan = emptyPlan([{ target: { arch: 'armhf', kind: 'any', profiles: [] }, tasks }], builders);
    const made = workflowOf(argo.emit(plan, RECORDED));
    expectTaken(made);
    expect(made.parallelism).toBe(3);
    const [ram, disk] = tasksOf(made).map((one) => ({
      template: one.template,
      ...Object.fromEntries(valuesOf(one)),
    }));
    expect(ram).toMatchObject({
      template: 'ram',
      arch: 'arm',
      'ram-disk': '3Mi',
      memory: '8Mi',
      cpu: '8',
      seconds: '900',
    });
    expect(disk).toMatchObject({ template: 'disk', memory: '5Mi' });
    expect(disk).not.toHaveProperty('ram-disk');
    const patches = new Map(made.templates.map(({ name, podSpecPatch }) => [name, podSpecPatch]));
    expect(patches.get('ram')).toContain('sizeLimit: "{{inputs.parameters.ram-disk}}"');
    expect(patches.get('disk')).not.toContain('sizeLimit');
  });

  it('hands each name to the builder as it is, through Argo and Kubernetes', () => {
    const made = workflowOf(argo.emit(PAYLOAD_PLAN, RECORDED));
    expectTaken(made);
    const recorder = makeRecorder();
    recorder.run('mkdir -p debplan build/unit');
    const texts = tasksOf(made).map((one) => throughEnvironment(scriptOf(made, one)));
    for (const text of texts) expect(text).not.toContain('{{');
    const quick = 'find() { :; }; rm() { :; }; mv() { :; }; mkdir() { :; }';
    const given = recorder.runAll(texts.map((text) => `${quick}\n${placed(text, recorder)}`));
    expect(given).toEqual(expectedArgv(PAYLOAD_PLAN));
    expect(recorder.names()).toEqual(['build', 'debplan']);
  });

  it('gives a build the packages of what it needs, and keeps its own only when it ends well', () => {
    const plan = generatedPlan(2, 1, 3);
    const made = workflowOf(argo.emit(plan, RECORDED));
    const recorder = makeRecorder();
    const [first = '', second = ''] = tasksOf(made).map((one) => placed(scriptOf(made, one), recorder));
    expect(tasksOf(made)[1]?.dependencies).toEqual([tasksOf(made)[0]?.name]);
    const run = (text: string, status: number): void => {
      const fake = `fake_builder() { : > made.deb; ls packages > list.build; return ${String(status)}; }`;
      recorder.run(`set -e\nmkdir -p debplan/sources\nrm -rf build\n${fake}\n${text}`);
    };
    expect(() => {
      run(second, 0);
    }).toThrow();
    run(first, 0);
    expect(() => {
      run(second, 1);
    }).toThrow();
    const list = (path: string): readonly string[] =>
      recorder.run(`ls "${path}" | tr "\\n" "\\0" >&9`, [], {});
    expect(list('debplan/results').filter((name) => !name.endsWith('.part'))).toEqual([
      'source0_1.0-1.amd64',
    ]);
    run(second, 0);
    expect(list('debplan/results')).toEqual(['source0_1.0-1.amd64', 'source1_1.0-1.arm64']);
    expect(recorder.run('cat debplan/results/source1*/list.build | tr "\\n" "\\0" >&9', [], {})).toEqual([
      'made.deb',
    ]);
  });

  it('is several where etcd would not take it, submitted one after another', () => {
    const plan = generatedPlan(200, 5, 4);
    const limits = { graph: 20, tasks: 50, fileBytes: 20_000 };
    const files = argoFiles(plan, RECORDED, limits);
    const names = files.filter(({ isExecutable }) => !isExecutable).map(({ path }) => path);
    const parts = names.map((name) => workflowOf(files, name));
    expect(names.length).toBeGreaterThan(4);
    for (const part of parts) {
      expectTaken(part);
      expect(tasksOf(part).length).toBeLessThanOrEqual(limits.tasks);
    }
    for (const { content } of files) expect(content.length).toBeLessThan(limits.fileBytes + 6000);
    const units = parts.flatMap((part) => tasksOf(part).map((one) => valuesOf(one).get('unit')));
    expect(units).toEqual(slugsOf(plan));
    const recorder = makeRecorder();
    const [submit] = files.filter(({ isExecutable }) => isExecutable);
    const faked = `argo() { printf "%s\\0" "$*" >&9; false; }\n${submit?.content ?? ''}`
      .replace(/^cd .*$/m, '')
      .replace(/^exit .*$/m, '');
    expect(recorder.run(faked, ['-p', 'image=x'], {})).toEqual(
      names.map((name) => `submit --wait ${name.slice('argo/'.length)} -p image=x`),
    );
  });

  it('publishes to a repository what too many builds make to hand it on', () => {
    const made = workflowOf(argoFiles(generatedPlan(1001, 1, 1), RECORDED, { ...ARGO_LIMITS, tasks: 2000 }));
    expectTaken(made);
    expect(made.arguments?.parameters.map(({ name }) => name)).toContain('publish');
    expect(made.templates[0]?.script?.source).toContain('sh -c "$DEBPLAN_PUBLISH');
  });

  it('is graphs one after another where Argo would take no graph of all tasks', () => {
    const made = workflowOf(argo.emit(generatedPlan(450, 3, 6), RECORDED));
    expectTaken(made);
    expect(graphsOf(made).map((tasks) => tasks.length)).toEqual([3, 200, 200, 50]);
    expect(graphsOf(made)[0]?.map(({ template: name, depends }) => [name, depends])).toEqual([
      ['part-1', undefined],
      ['part-2', 'part-1.Succeeded || part-1.Failed || part-1.Errored'],
      ['part-3', 'part-2.Succeeded || part-2.Failed || part-2.Errored'],
    ]);
  });

  it('has a task even where nothing is to be built, since Argo wants one', () => {
    const made = workflowOf(argo.emit(emptyPlan([]), RECORDED));
    expect(tasksOf(made).map(({ template: name }) => name)).toEqual(['nothing']);
  });
});
