import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/base/diagnostic.ts';
import { taskSlugs } from '../../../src/emit/task-slugs.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { problemOfPlan } from '../../../src/plan/problem-of-plan.ts';
import { PackagePool, type TargetTask } from '../../../src/run/packages/package-pool.ts';
import { attemptFolder, workFolder, type WorkFolder } from '../../../src/run/work-folder.ts';
import { emptyPlan, planBuilder, planTask } from '../../emit/small-plan.ts';
import { hasDpkgDeb, makeDeb, type DebSpec } from './made-deb.ts';

if (!hasDpkgDeb) process.stderr.write('the pool of packages is NOT TESTED: there is no dpkg-deb\n');

/** `lib` is built first with `stage1`; `tool` needs that, the full `lib` needs `tool`, `app` needs the full one. */
const PLAN: Plan = chainPlan();

describe.skipIf(!hasDpkgDeb)('the pool of packages', () => {
  let root: string;
  let work: WorkFolder;
  let pool: PackagePool;
  let reported: Diagnostic[];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'debplan-pool-'));
    work = workFolder(root);
    reported = [];
    const slugs = taskSlugs(PLAN);
    const planProblem = problemOfPlan(PLAN, 'plan.json');
    pool = new PackagePool({ work, planProblem, slugs, report: (diagnostic) => reported.push(diagnostic) });
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('hands what was built to what needs it, directly or not, and what needs the other over what it needs', async () => {
    await build('lib_1.stage1.amd64', [{ package: 'liba', content: 'first' }, { package: 'libonly' }]);
    await build('tool_1.amd64', [{ package: 'tool' }]);
    await build('lib_1.amd64', [
      { package: 'liba', content: 'full' },
      { package: 'liba-dbgsym' },
      { package: 'liba-arm', architecture: 'arm64' },
      { package: 'liba-doc', architecture: 'all', version: '2:1.5' },
    ]);
    const forTool = await gather('tool_1/amd64');
    expect(namesIn(forTool)).toEqual(['Packages', 'liba_1.0_amd64.deb', 'libonly_1.0_amd64.deb']);
    const forApp = await gather('app_1/amd64');
    expect(namesIn(forApp)).toEqual([
      ...['Packages', 'liba-doc_1.5_all.deb', 'liba_1.0_amd64.deb', 'libonly_1.0_amd64.deb'],
      'tool_1.0_amd64.deb',
    ]);
    expect(inodeOf(forApp, 'liba_1.0_amd64.deb')).toBe(
      inodeOf(resultOf('lib_1.amd64'), 'liba_1.0_amd64.deb'),
    );
    const index = readFileSync(join(forApp, 'Packages'), 'utf8');
    expect(index.match(/^Filename: .*$/gm)).toEqual([
      ...['Filename: liba-doc_1.5_all.deb', 'Filename: liba_1.0_amd64.deb'],
      ...['Filename: libonly_1.0_amd64.deb', 'Filename: tool_1.0_amd64.deb'],
    ]);
    expect(await pool.gather(wantedTask('lib_1.stage1/amd64'), root)).toBeUndefined();
    expect(reported).toEqual([]);
  });

  it('gives the same folder again when it is asked again after a crash', async () => {
    await build('lib_1.stage1.amd64', [{ package: 'liba' }]);
    const folder = await gather('tool_1/amd64');
    writeFileSync(join(folder, 'half.deb'), '');
    expect(namesIn(await gather('tool_1/amd64'))).toEqual(['Packages', 'liba_1.0_amd64.deb']);
  });

  it('says what is gone when results are gone that a build needs', async () => {
    await build('lib_1.stage1.amd64', [{ package: 'liba' }]);
    rmSync(join(resultOf('lib_1.stage1.amd64'), 'liba_1.0_amd64.deb'));
    await expect(gather('tool_1/amd64')).rejects.toMatchObject({
      diagnostics: [{ code: 'missing-results' }],
    });
    rmSync(resultOf('lib_1.stage1.amd64'), { recursive: true });
    await expect(gather('tool_1/amd64')).rejects.toMatchObject({
      diagnostics: [{ code: 'missing-results' }],
    });
  });

  it('takes plain files only, and says what it left', async () => {
    const slug = 'tool_1.amd64';
    const out = attemptOut(slug, [{ package: 'tool' }]);
    writeFileSync(join(root, 'secret.deb'), 'not yours');
    symlinkSync(join(root, 'secret.deb'), join(out, 'link.deb'));
    mkdirSync(join(out, 'folder.deb'));
    writeFileSync(join(out, 'broken.deb'), 'no ar');
    writeFileSync(join(out, 'two words.deb'), '');
    writeFileSync(join(out, 'tool.udeb'), '');
    // what the pool itself writes there must not follow links either
    symlinkSync(join(root, 'target'), join(out, 'Packages'));
    symlinkSync(join(root, 'target'), join(out, 'log'));
    symlinkSync(join(root, 'target'), join(out, '.Packages.new'));
    await pool.take({ slug, folder: join(out, '..') });
    expect(existsSync(join(root, 'target'))).toBe(false);
    const index = readFileSync(join(resultOf(slug), 'Packages'), 'utf8');
    expect(index.match(/^Package: .*$/gm)).toEqual(['Package: tool']);
    expect(readFileSync(join(resultOf(slug), 'log'), 'utf8')).toBe('log of 1');
    expect(reported.map(({ message }) => message.replace(/^.*?: /, ''))).toEqual([
      "'broken.deb' is not handed on: dpkg-deb cannot read it",
      "'folder.deb' is not handed on: it is no plain file",
      "'link.deb' is not handed on: it is no plain file",
      '1 more file is not handed on',
    ]);
  });

  it('refuses a link where packages are to lie, and says so when there is nothing at all', async () => {
    const folder = attemptFolder(work, 'tool_1.amd64', 1);
    mkdirSync(folder, { recursive: true });
    symlinkSync(root, join(folder, 'out'));
    const taken = await pool.take({ slug: 'tool_1.amd64', folder });
    expect(taken).toBe('the folder for its packages is gone');
  });

  it('fails builds that leave what cannot be taken, and takes what it can', async () => {
    const slug = 'tool_1.amd64';
    const blocked = join(attemptOut(slug, []), '..');
    rmSync(join(blocked, 'out'), { recursive: true });
    expect(await pool.take({ slug, folder: blocked })).toBe('the folder for its packages is gone');
    writeFileSync(join(blocked, 'out'), '');
    expect(await pool.take({ slug, folder: blocked })).toBe('the folder for its packages is gone');
    expect(await pool.take({ slug, folder: join(blocked, 'out') })).toBe(
      "its packages can't be taken: a part of the path is a file",
    );
    const folder = join(attemptOut(slug, [{ package: 'tool' }], 2), '..');
    rmSync(join(folder, 'log'));
    mkdirSync(join(folder, 'log'));
    expect(await pool.take({ slug, folder })).toBeUndefined();
    expect(namesIn(resultOf(slug))).toEqual(['Packages', 'tool_1.0_amd64.deb']);
  });

  it('says once how many builds left nothing for those that need them', async () => {
    await build('lib_1.stage1.amd64', []);
    await pool.writeRepository();
    await build('tool_1.amd64', []);
    await build('app_1.amd64', []);
    await pool.writeRepository();
    expect(reported.map(({ message }) => message)).toEqual([
      "lib_1.stage1.amd64 left no packages: what needs it gets the archive's",
      "2 builds left no packages, lib_1.stage1.amd64 among them: what needs them gets the archive's",
    ]);
  });

  it('names three strange files of a build, however many there are', async () => {
    const slug = 'tool_1.amd64';
    const out = attemptOut(slug, [{ package: 'tool' }]);
    for (let file = 10; file < 40; file++) writeFileSync(join(out, `x${String(file)}.deb`), '');
    await pool.take({ slug, folder: join(out, '..') });
    expect(reported).toHaveLength(4);
    expect(reported.at(-1)?.message).toBe('tool_1.amd64: 27 more files are not handed on');
  });

  it('ends in the same results from wherever it was cut short', async () => {
    const slug = 'tool_1.amd64';
    const wanted = ['Packages', 'log', 'tool_1.0_amd64.deb'];
    // before the rename: an index and a link to the log are there already
    const out = attemptOut(slug, [{ package: 'tool' }]);
    writeFileSync(join(out, 'Packages'), 'half of an ind');
    writeFileSync(join(out, '.Packages.new'), 'half');
    await pool.take({ slug, folder: join(out, '..') });
    expect(namesIn(resultOf(slug))).toEqual(wanted);
    // after it
    await pool.take({ slug, folder: join(out, '..') });
    expect(namesIn(resultOf(slug))).toEqual(wanted);
    // an earlier attempt's results, whose end nobody wrote down, are there
    const again = attemptOut(slug, [{ package: 'tool', version: '1.1' }], 2);
    await pool.take({ slug, folder: join(again, '..') });
    expect(namesIn(resultOf(slug))).toEqual(['Packages', 'log', 'tool_1.1_amd64.deb']);
    // … or have been put aside, and it went no further
    const third = attemptOut(slug, [{ package: 'tool', version: '1.2' }], 3);
    renameSync(resultOf(slug), join(third, '..', 'replaced'));
    await pool.take({ slug, folder: join(third, '..') });
    expect(namesIn(resultOf(slug))).toEqual(['Packages', 'log', 'tool_1.2_amd64.deb']);
    expect(lstatSync(join(third, '..', 'log')).isFile()).toBe(true);
  });

  it('makes one repository of all results', async () => {
    await build('lib_1.stage1.amd64', [{ package: 'liba' }]);
    await build('tool_1.amd64', [{ package: 'tool' }]);
    await build('lib_1.amd64', [{ package: 'liba' }, { package: 'liba-dbgsym' }]);
    await pool.writeRepository();
    const index = readFileSync(join(work.results, 'Packages'), 'utf8');
    expect(index.match(/^Filename: .*$/gm)).toEqual([
      'Filename: lib_1.amd64/liba_1.0_amd64.deb',
      'Filename: lib_1.amd64/liba-dbgsym_1.0_amd64.deb',
      'Filename: tool_1.amd64/tool_1.0_amd64.deb',
    ]);
    await pool.writeRepository();
    expect(readFileSync(join(work.results, 'Packages'), 'utf8')).toBe(index);
  });

  /** Makes what an attempt leaves. @returns its `out` */
  function attemptOut(slug: string, debs: readonly DebSpec[], number = 1): string {
    const folder = attemptFolder(work, slug, number);
    mkdirSync(join(folder, 'out'), { recursive: true });
    writeFileSync(join(folder, 'log'), `log of ${String(number)}`);
    for (const deb of debs) makeDeb(join(folder, 'out'), deb);
    return join(folder, 'out');
  }

  async function build(slug: string, debs: readonly DebSpec[]): Promise<void> {
    await pool.take({ slug, folder: join(attemptOut(slug, debs), '..') });
  }

  async function gather(id: string): Promise<string> {
    const folder = await pool.gather(wantedTask(id), join(root, 'attempt'));
    if (folder === undefined) throw new Error(`nothing was gathered for ${id}`);
    return folder;
  }

  function resultOf(slug: string): string {
    return join(work.results, slug);
  }
});

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}

function inodeOf(folder: string, name: string): number {
  return statSync(join(folder, name)).ino;
}

function wantedTask(id: string): TargetTask {
  for (const { target, tasks } of PLAN.targets) {
    const task = tasks.find((candidate) => candidate.id === id);
    if (task !== undefined) return { task, target };
  }
  throw new Error(`the plan has no ${id}`);
}

function chainPlan(): Plan {
  const chain = [
    { id: 'lib_1.stage1/amd64', source: 'lib', stage: 'stage1', profiles: ['stage1'] },
    { id: 'tool_1/amd64', source: 'tool' },
    { id: 'lib_1/amd64', source: 'lib' },
    { id: 'app_1/amd64', source: 'app' },
  ];
  const tasks = chain.map((given, place) =>
    planTask({
      ...{ ...given, version: '1', startMs: place * 1000 },
      needs: place === 0 ? [] : [chain[place - 1]?.id ?? ''],
    }),
  );
  const target = { arch: 'amd64', kind: 'any' as const, profiles: [] };
  return { ...emptyPlan([{ target, tasks }], [planBuilder({ name: 'one' })]), makespanMs: 4000 };
}
