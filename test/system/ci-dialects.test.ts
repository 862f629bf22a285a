import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { argo } from '../../src/emit/ci/argo.ts';
import { GITLAB_LIMITS, gitlabFiles, type GitlabLimits } from '../../src/emit/ci/gitlab.ts';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import type { EmittedFile } from '../../src/emit/emitter.ts';
import { taskSlugs } from '../../src/emit/task-slugs.ts';
import { tasksByStart } from '../../src/plan/make-tasks.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { generatedPlan } from '../emit/ci/generated-plan.ts';
import { makePayloadPlan } from '../emit/payload-plan.ts';
import { emptyPlan } from '../emit/small-plan.ts';

const PROGRAM = createRequire(import.meta.url).resolve('gitlab-ci-local/src/index.js');
const hasRsync = spawnSync('rsync', ['--version']).status === 0;
if (!hasRsync) process.stderr.write('test:system: there is no rsync: runs of GitLab pipelines are SKIPPED\n');

/** Writes down what it is given and sees; makes a package; fails where its name is the one to fail. */
function fakeBuilder(log: string, failing: string): string {
  return `#!/bin/sh
slug=$1
printf '%s\\0' "$@" > "${log}/$slug.argv"
ls "$DEBPLAN_PACKAGES" > "${log}/$slug.packages"
echo "start $slug" >> "${log}/order"
[ "$slug" != "${failing}" ] || exit 1
: > "$slug.deb"
echo "end $slug" >> "${log}/order"
`;
}

/** A repository with the files of an output, as somebody would commit them. */
class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), 'debplan-gitlab-'));
  readonly log = mkdtempSync(join(tmpdir(), 'debplan-gitlab-log-'));
  readonly builder = join(this.log, 'build');

  constructor(failing = '') {
    writeFileSync(this.builder, fakeBuilder(this.log, failing));
    chmodSync(this.builder, 0o755);
  }

  commit(files: readonly EmittedFile[]): void {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content);
    }
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
        cwd: this.folder,
        stdio: 'ignore',
      });
    };
    git('init', '-q');
    git('remote', 'add', 'origin', 'https://gitlab.example.org/group/project.git');
    git('add', '-A');
    git('commit', '-qm', 'A plan');
  }

  /** Runs the pipeline with gitlab-ci-local. @returns what it said and whether all jobs were fine */
  run(variables: Readonly<Record<string, string>> = {}): { readonly isFine: boolean; readonly said: string } {
    // a file, as settings of the project are: child pipelines know them too
    writeFileSync(join(this.folder, '.gitlab-ci-local-variables.yml'), JSON.stringify(variables));
    const { status, stdout, stderr } = spawnSync(
      'node',
      [PROGRAM, '--shell-executor-no-image', '--shell-isolation', '--no-artifacts-to-source', '--no-color'],
      { cwd: this.folder, encoding: 'utf8', env: { ...process.env, HOME: this.folder } },
    );
    return { isFine: status === 0, said: stdout + stderr };
  }

  /** What began and ended, in this order. */
  get order(): readonly string[] {
    return existsSync(join(this.log, 'order')) ? this.read('order').trimEnd().split('\n') : [];
  }

  read(name: string): string {
    return readFileSync(join(this.log, name), 'utf8');
  }
}

function emitted(repository: Repository, plan: Plan, limits: GitlabLimits): readonly EmittedFile[] {
  const builderCommand = parseTemplate(`${repository.builder} {slug} {id} {source} {version} {builder}`);
  return gitlabFiles(plan, { builderCommand, suite: 'trixie' }, limits);
}

/** Every build ran once, after the ends of all that it needs, and found the packages of what that leads to, and no others. */
function expectBuilt(repository: Repository, plan: Plan): void {
  const slugs = taskSlugs(plan);
  const order = repository.order;
  const tasks = tasksByStart(plan.targets);
  const handedOn = new Map<string, ReadonlySet<string>>();
  expect(order.filter((line) => line.startsWith('start ')).sort()).toEqual(
    tasks.map(({ id }) => `start ${slugs.get(id) ?? ''}`).sort(),
  );
  for (const { id, source, version, builder, needs } of tasks) {
    const slug = slugs.get(id) ?? '';
    const start = order.indexOf(`start ${slug}`);
    for (const need of needs) {
      const end = order.indexOf(`end ${slugs.get(need) ?? ''}`);
      expect(end, `${need} before ${id}`).toBeGreaterThanOrEqual(0);
      expect(end, `${need} before ${id}`).toBeLessThan(start);
    }
    expect(repository.read(`${slug}.argv`)).toBe([slug, id, source, version, builder, ''].join('\0'));
    const packages = repository
      .read(`${slug}.packages`)
      .split('\n')
      .filter((name) => name !== '');
    // tasks come in the order of their starts, so those of its needs are known
    const found = new Set(needs.flatMap((need) => [need, ...(handedOn.get(need) ?? [])]));
    handedOn.set(id, found);
    expect(packages).toEqual([...found].map((need) => `${slugs.get(need) ?? ''}.deb`).sort());
  }
}

describe.skipIf(!hasRsync)('a GitLab pipeline, run by gitlab-ci-local (needs rsync)', () => {
  it('builds in order, gives each build the packages that it needs, and gathers where needs are many', () => {
    const plan = generatedPlan(8, 6, 1);
    const repository = new Repository();
    const files = emitted(repository, plan, { ...GITLAB_LIMITS, needs: 3 });
    repository.commit(files);
    expect(files[0]?.content).toContain('gather 1:');
    const { isFine, said } = repository.run();
    expect(isFine, said).toBe(true);
    expectBuilt(repository, plan);
  });

  it('hands names that are none to the builder as they are', () => {
    const plan = makePayloadPlan([
      '$(touch x)',
      "a'b",
      '$[[ inputs.x ]]',
      '$CI_JOB_ID',
      'a\nb',
      'null',
      '--option',
      '# a',
      'ünï',
      '%h',
    ]);
    const repository = new Repository();
    repository.commit(emitted(repository, plan, GITLAB_LIMITS));
    const { isFine, said } = repository.run();
    expect(isFine, said).toBe(true);
    expectBuilt(repository, plan);
    expect(existsSync(join(repository.folder, 'x'))).toBe(false);
  });

  it('runs what does not need a build that fails, and nothing that does', () => {
    const plan = generatedPlan(8, 1, 2);
    const order = tasksByStart(plan.targets);
    const failing = order.findLast(({ id }) => order.some(({ needs }) => needs.includes(id)));
    const skipped = new Set<string>([failing?.id ?? '']);
    for (const { id, needs } of order) if (needs.some((need) => skipped.has(need))) skipped.add(id);
    expect(skipped.size).toBeGreaterThan(1);
    expect(skipped.size).toBeLessThan(order.length);
    const slugs = taskSlugs(plan);
    const fail = slugs.get(failing?.id ?? '') ?? '';
    const repository = new Repository(fail);
    repository.commit(emitted(repository, plan, GITLAB_LIMITS));
    expect(repository.run().isFine).toBe(false);
    const started = repository.order.filter((line) => line.startsWith('start ') && line !== `start ${fail}`);
    const rest = order.filter(({ id }) => !skipped.has(id)).map(({ id }) => `start ${slugs.get(id) ?? ''}`);
    expect(started.sort()).toEqual(rest.sort());
  });

  it('triggers child pipelines one after another, whose builds publish what they make', () => {
    const plan = generatedPlan(6, 2, 3);
    const repository = new Repository();
    repository.commit(emitted(repository, plan, { ...GITLAB_LIMITS, builds: 3 }));
    const publish = join(repository.log, 'publish');
    writeFileSync(publish, `ls "$1" >> ${repository.log}/published\n`);
    const { isFine, said } = repository.run({ DEBPLAN_PUBLISH: `sh ${publish}` });
    expect(isFine, said).toBe(true);
    const slugs = tasksByStart(plan.targets).map(({ id }) => taskSlugs(plan).get(id) ?? '');
    const starts = repository.order.filter((line) => line.startsWith('start '));
    expect(starts.slice(0, 3).sort()).toEqual(
      slugs
        .slice(0, 3)
        .map((slug) => `start ${slug}`)
        .sort(),
    );
    expect(starts.slice(3).sort()).toEqual(
      slugs
        .slice(3)
        .map((slug) => `start ${slug}`)
        .sort(),
    );
    expect(repository.read('published').trimEnd().split('\n').sort()).toEqual(
      slugs.map((slug) => `${slug}.deb`).sort(),
    );
  });
});

/** The only release of a schema of Argo's own types; it asks for Node 22, but runs on 20. */
const MODELS = '@kubernetes-models/argo-workflows@2.0.0';

describe('an Argo workflow', () => {
  const folder = join(process.env['DEBPLAN_SYSTEM_DIR'] ?? join(tmpdir(), 'debplan-system'), 'argo-models');
  const entry = join(folder, 'node_modules/@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/index.js');
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    spawnSync('npm', ['install', '--silent', '--no-save', '--prefix', folder, MODELS], { cwd: folder });
  }
  const isThere = existsSync(entry);
  if (!isThere) process.stderr.write(`test:system: npm can't get ${MODELS}: its test is SKIPPED\n`);

  it.skipIf(!isThere)('is one by Argo’s own types', async () => {
    const models: unknown = await import(pathToFileURL(entry).href);
    const { Workflow } = z
      .object({ Workflow: z.custom<WorkflowModel>((made) => typeof made === 'function') })
      .parse(models);
    const options = { builderCommand: parseTemplate('build {id}'), suite: 'trixie' };
    const plans = [
      generatedPlan(3, 2, 1),
      generatedPlan(450, 5, 2),
      generatedPlan(1300, 2, 3),
      makePayloadPlan(['a', "b'"]),
      emptyPlan([]),
    ];
    for (const plan of plans) {
      for (const { path, content } of argo.emit(plan, options)) {
        if (path.endsWith('.yaml')) new Workflow(parse(content)).validate();
      }
    }
    const broken = argo
      .emit(generatedPlan(1, 0, 1), options)[0]
      ?.content.replace('failFast: false', 'failFast: never');
    expect(() => {
      new Workflow(parse(broken ?? '')).validate();
    }).toThrow('failFast');
  });
});

type WorkflowModel = new (document: unknown) => { readonly validate: () => void };
