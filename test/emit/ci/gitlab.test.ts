import { describe, expect, it } from 'vitest';
import { gitlab, gitlabFiles, GITLAB_LIMITS } from '../../../src/emit/ci/gitlab.ts';
import type { EmittedFile } from '../../../src/emit/emitter.ts';
import { taskSlugs } from '../../../src/emit/task-slugs.ts';
import { tasksByStart } from '../../../src/plan/make-tasks.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planExample } from '../../platform/example.ts';
import { PAYLOAD_PLAN } from '../payload-plan.ts';
import { allNeeds } from '../../support/all-needs.ts';
import { emptyPlan, planBuilder, planTask } from '../small-plan.ts';
import { generatedPlan } from './generated-plan.ts';
import { gitlabSchemaErrors, readPipeline, runningJobs, type Pipeline } from './gitlab-pipeline.ts';
import { expectedArgv, makeRecorder, RECORDED } from './recorded-argv.ts';

/** Each build's needs by slugs, also those that stand behind gathering jobs. */
function needsOf(pipeline: Pipeline): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, readonly string[]>();
  for (const [name, job] of runningJobs(pipeline)) {
    const own = (job.needs ?? []).flatMap((need) =>
      need.startsWith('gather ') ? (needs.get(need) ?? []) : [need],
    );
    needs.set(name, own);
  }
  return new Map([...needs].filter(([name]) => !name.startsWith('gather ')));
}

/** All that a build may use is artifacts of jobs that it names, also what it needs by way of others. */
function plannedNeeds(plan: Plan): ReadonlyMap<string, readonly string[]> {
  const slugs = taskSlugs(plan);
  const order = tasksByStart(plan.targets);
  const all = allNeeds(plan);
  const places = new Map(order.map(({ id }, place) => [id, place]));
  return new Map(
    order.map(({ id }) => {
      const sorted = [...(all.get(id) ?? [])].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
      return [slugs.get(id) ?? '', sorted.map((need) => slugs.get(need) ?? '')];
    }),
  );
}

function localsOf(files: readonly EmittedFile[]): readonly Pipeline[] {
  return runningJobs(readPipeline(files)).flatMap(([, { trigger }]) =>
    (trigger?.include ?? []).map(({ local }) => readPipeline(files, local)),
  );
}

function expectTaken(pipeline: Pipeline, limits = GITLAB_LIMITS): void {
  const names = new Set(pipeline.jobs.keys());
  const stages = new Map(pipeline.stages.map((stage, rank) => [stage, rank]));
  const rankOf = (name: string): number => stages.get(pipeline.jobs.get(name)?.stage ?? '') ?? -1;
  expect(runningJobs(pipeline).length).toBeLessThanOrEqual(limits.jobs);
  for (const [name, job] of runningJobs(pipeline)) {
    expect(name.length).toBeLessThan(256);
    expect(job.needs?.length, name).toBeLessThanOrEqual(limits.needs);
    expect(
      job.needs?.filter((need) => !names.has(need)),
      name,
    ).toEqual([]);
    expect(rankOf(name), name).toBeGreaterThanOrEqual(0);
    for (const need of job.needs ?? []) expect(rankOf(need), need).toBeLessThanOrEqual(rankOf(name));
    if (job.extends !== undefined) expect(names).toContain(job.extends);
  }
}

describe('a GitLab pipeline of the platform', async () => {
  const { plan } = await planExample();
  const files = gitlab.emit(plan, RECORDED);
  const pipeline = readPipeline(files);

  it('is one file that fits GitLab’s own schema', async () => {
    expect(files.map(({ path }) => path)).toEqual(['.gitlab-ci.yml']);
    expect(await gitlabSchemaErrors(pipeline.documents)).toEqual([]);
    expect(await gitlabSchemaErrors([{ ...pipeline.documents[0], x: { script: 3 } }])).not.toEqual([]);
  });

  it('has the builds in plan order with all that they need, in a stage a layer', () => {
    expectTaken(pipeline);
    expect([...needsOf(pipeline)]).toEqual([...plannedNeeds(plan)]);
    expect(pipeline.stages).toEqual(['base', 'runtime', 'apps']);
  });

  it('runs each build on its builder, and never two at once that have no room beside each other', () => {
    expect(pipeline.jobs.get('.on x86')?.tags).toEqual(['amd64', 'x86']);
    const groups = runningJobs(pipeline).filter(([, job]) => job.resource_group !== undefined);
    const large = tasksByStart(plan.targets).filter(
      (task) => task.mode === 'ram' && task.ramDiskBytes > 16 * 2 ** 30,
    );
    expect(large.length).toBeGreaterThan(1);
    expect(groups.map(([, job]) => job.resource_group)).toEqual(
      large.map(({ builder }) => `${builder} large`),
    );
  });
});

describe('what runs alone', () => {
  it('is a build that only the largest chroot holds, of which there is one', () => {
    const GIB = 2 ** 30;
    const sizes = [1, 3, 5];
    const tasks = sizes.map((size) =>
      planTask({ id: String(size), source: 'a', version: '1', ramDiskBytes: size * GIB }),
    );
    const groupsOf = (ramDiskChroots: readonly number[]): readonly (string | undefined)[] => {
      const builder = planBuilder({ name: 'one', ramDiskBytes: 20 * GIB, ramDiskChroots });
      const target = { arch: 'amd64', kind: 'any' as const, profiles: [] };
      const files = gitlab.emit(emptyPlan([{ target, tasks }], [builder]), RECORDED);
      return runningJobs(readPipeline(files)).map(([, { resource_group }]) => resource_group);
    };
    expect(groupsOf([6, 4, 4, 4].map((size) => size * GIB))).toEqual([undefined, undefined, 'one large']);
    expect(groupsOf([6, 6, 2].map((size) => size * GIB))).toEqual([undefined, undefined, undefined]);
    expect(groupsOf([])).toEqual([undefined, undefined, undefined]);
  });
});

describe('a GitLab pipeline of names that are none', () => {
  const pipeline = readPipeline(gitlab.emit(PAYLOAD_PLAN, RECORDED));
  const jobs = runningJobs(pipeline).filter(([name]) => !name.startsWith('gather '));
  const common = pipeline.jobs.get('.debplan')?.before_script ?? [];

  it('is one that GitLab takes', async () => {
    expectTaken(pipeline);
    expect(await gitlabSchemaErrors(pipeline.documents)).toEqual([]);
  });

  it('hands each name to the builder as it is', () => {
    const recorder = makeRecorder();
    const given = recorder.runAll(
      jobs.map(([name, { script = [] }]) =>
        [`find() { :; }; CI_JOB_NAME=${name}`, ...common, ...script].join('\n'),
      ),
    );
    expect(given).toEqual(expectedArgv(PAYLOAD_PLAN));
    expect(recorder.names()).toEqual(['packages', 'results']);
  });

  it('shows GitLab none of its own syntax', () => {
    const scripts = jobs.flatMap(([, { script = [] }]) => script).join('\n');
    expect(scripts).not.toContain('$[[');
  });

  it('does not name a job what means something else', () => {
    const names = ['image', 'pages', 'default', 'variables', 'true'];
    const target = { arch: 'amd64', kind: 'any' as const, profiles: [] };
    const tasks = names.map((id) => planTask({ id, source: id, version: '1' }));
    const made = runningJobs(readPipeline(gitlab.emit(emptyPlan([{ target, tasks }]), RECORDED)));
    expect(made.map(([name]) => name).sort()).toEqual(names.map((name) => `build ${name}`).sort());
  });
});

describe('a large GitLab pipeline', () => {
  it('gathers needs where a job has more than GitLab lets it name', () => {
    const plan = generatedPlan(250, 110, 1);
    const pipeline = readPipeline(gitlab.emit(plan, RECORDED));
    expectTaken(pipeline);
    expect(runningJobs(pipeline).some(([name]) => name.startsWith('gather '))).toBe(true);
    expect([...needsOf(pipeline)]).toEqual([...plannedNeeds(plan)]);
  });

  it('is cut into files of a size that GitLab reads, in plan order', async () => {
    const plan = generatedPlan(900, 1, 2);
    const files = gitlab.emit(plan, RECORDED);
    expect(files.length).toBeGreaterThan(2);
    for (const { content } of files) expect(content.length).toBeLessThanOrEqual(GITLAB_LIMITS.fileBytes);
    const pipeline = readPipeline(files);
    expectTaken(pipeline);
    expect([...needsOf(pipeline)]).toEqual([...plannedNeeds(plan)]);
    expect(await gitlabSchemaErrors(pipeline.documents)).toEqual([]);
  });

  it('takes as artifacts of a gathering job what it gathers, and nothing else that lies in its folder', () => {
    const { jobs } = readPipeline(gitlab.emit(generatedPlan(150, 110, 1), RECORDED));
    const gathering = [...jobs].filter(([name]) => name.startsWith('gather '));
    expect(gathering.length).toBeGreaterThan(0);
    for (const [name, { needs = [], artifacts, variables }] of gathering) {
      expect(variables, name).toEqual(jobs.get('.debplan')?.variables);
      expect(variables, name).toEqual({ GIT_STRATEGY: 'fetch', GIT_CLEAN_FLAGS: '-ffdx' });
      expect(artifacts?.paths, name).toEqual(needs.map((need) => `results/${need}/`));
    }
  });

  it('hands packages on however many jobs gather, as long as GitLab takes them, else says that they are the reason', () => {
    const plan = generatedPlan(60, 50, 5);
    const head = (jobs: number): string =>
      gitlabFiles(plan, RECORDED, { ...GITLAB_LIMITS, needs: 10, builds: 60, jobs })[0]?.content ?? '';
    expect(head(200)).toContain('$DEBPLAN_PACKAGES');
    expect(head(70)).toMatch(/# \d+ jobs that gather more than 10 needs of a build are too many/);
    expect(head(70)).not.toContain('1000 builds');
  });

  it('is child pipelines one after another beyond the jobs of one', async () => {
    const limits = { needs: 5, builds: 40, jobs: 40, fileBytes: 8000 };
    const plan = generatedPlan(150, 12, 3);
    const files = gitlabFiles(plan, RECORDED, limits);
    const main = readPipeline(files);
    const parts = localsOf(files);
    expect(
      runningJobs(main)
        .map(([, { needs, when }]) => [needs, when])
        .slice(0, 2),
    ).toEqual([
      [[], undefined],
      [['part-01'], 'always'],
    ]);
    for (const part of parts) expectTaken(part, limits);
    const builds = parts.flatMap((part) => [...needsOf(part).keys()]);
    expect(builds).toEqual([...plannedNeeds(plan).keys()]);
    expect(await gitlabSchemaErrors([main, ...parts].flatMap(({ documents }) => documents))).toEqual([]);
    for (const { content } of files) expect(content.length).toBeLessThan(limits.fileBytes + 1500);
  });

  it('publishes what it builds where it has too many builds to hand packages on', () => {
    const files = gitlabFiles(generatedPlan(60, 3, 4), RECORDED, { ...GITLAB_LIMITS, builds: 30 });
    const [part] = localsOf(files);
    const job = runningJobs(part ?? readPipeline(files)).at(-1)?.[1];
    const before = part?.jobs.get('.debplan')?.before_script ?? [];
    const recorder = makeRecorder();
    const script = [
      'set -e',
      ...before,
      ...(job?.script ?? []),
      'ls "$DEBPLAN_RESULTS" >&9; printf "\\0" >&9',
    ].join('\n');
    const env = {
      CI_JOB_NAME: 'x',
      CI_PIPELINE_ID: '7',
      DEBPLAN_PUBLISH: 'cp /dev/null published; mv published',
    };
    expect(recorder.run(script, [], env).at(-1)).toBe('published\n');
    expect(() => recorder.run(script, [], { CI_JOB_NAME: 'x' })).toThrow('DEBPLAN_PUBLISH');
  });
});

it('has a job even where nothing is to be built, since GitLab wants one', async () => {
  const pipeline = readPipeline(gitlab.emit(emptyPlan([]), RECORDED));
  expect(runningJobs(pipeline).map(([name]) => name)).toEqual(['nothing to build']);
  expect(await gitlabSchemaErrors(pipeline.documents)).toEqual([]);
});
