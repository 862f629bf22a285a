import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError, type Diagnostic } from '../../../src/base/diagnostic.ts';
import { taskSlugs } from '../../../src/emit/task-slugs.ts';
import type { PlanTask } from '../../../src/plan/plan.ts';
import type { FetchProblem, fetchWithApt } from '../../../src/run/sources/apt-sources.ts';
import { SourceStore, type SourceRequest } from '../../../src/run/sources/source-store.ts';
import { emptyPlan, planTask } from '../../emit/small-plan.ts';
import { makeSource } from './made-source.ts';

const TASKS: readonly PlanTask[] = ['amd64', 'arm64'].flatMap((arch) =>
  ['hello', 'jq', 'tree', 'zlib', 'a52dec'].map((source) =>
    planTask({ id: `${source}_1:2.0-1/${arch}`, source, version: '1:2.0-1' }),
  ),
);
const HELLO = task('hello');

describe('the source packages of a plan', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'debplan-sources-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  describe('in folders', () => {
    it('are found at any depth by their file names, without the epoch', async () => {
      const dsc = makeSource(join(root, 'in', 'deep'), HELLO);
      const store = storeOf({ folders: [join(root, 'in')] });
      await store.check([HELLO]);
      expect(await store.source(HELLO)).toEqual({ kind: 'found', dsc });
    });

    it('may lie in two places if they are the same: the first counts', async () => {
      const dsc = makeSource(join(root, 'one'), HELLO);
      makeSource(join(root, 'two'), HELLO);
      const store = storeOf({ folders: [join(root, 'one'), join(root, 'two'), join(root, 'one')] });
      await store.check([HELLO]);
      expect(await store.source(HELLO)).toEqual({ kind: 'found', dsc });
    });

    it('are refused where two of one name differ: both are named', async () => {
      makeSource(join(root, 'one'), HELLO);
      makeSource(join(root, 'two'), { ...HELLO, content: 'another' });
      const [diagnostic] = await refused({ folders: [root] }, [HELLO]);
      expect(diagnostic).toMatchObject({ code: 'ambiguous-source' });
      const name = 'hello_2.0-1.dsc';
      expect(diagnostic?.message).toContain(`'${join(root, 'one', name)}' and '${join(root, 'two', name)}'`);
    });

    it('are told at once when they are missing, each once for all architectures', async () => {
      makeSource(root, HELLO);
      const diagnostics = await refused({ folders: [root] }, TASKS);
      expect(diagnostics).toMatchObject([{ code: 'missing-source' }]);
      expect(diagnostics[0]?.message).toBe(
        `4 of 5 source packages are not in '${root}': a52dec 1:2.0-1, jq 1:2.0-1, tree 1:2.0-1 and 1 more`,
      );
      expect(diagnostics[0]?.hint).toContain('dpkg-source -b TREE');
    });

    it.each<[string, (dsc: string) => void, string]>([
      [
        'a file that it lists is missing',
        (dsc) => {
          rmSync(tarballOf(dsc));
        },
        'hello_2.0-1.tar.xz is not there',
      ],
      [
        'a file was cut short',
        (dsc) => {
          writeFileSync(tarballOf(dsc), '');
        },
        'hello_2.0-1.tar.xz has 0 bytes instead of 1',
      ],
      [
        'a folder is where a file should be',
        (dsc) => {
          rmSync(tarballOf(dsc));
          mkdirSync(tarballOf(dsc));
        },
        'hello_2.0-1.tar.xz is no file',
      ],
      [
        'it is of another version',
        (dsc) => {
          editDsc(dsc, '1:2.0-1', '2:2.0-1');
        },
        'it is of hello 2:2.0-1',
      ],
      [
        'it lists a path',
        (dsc) => {
          editDsc(dsc, ' hello_2.0-1.tar', ' ../hello_2.0-1.tar');
        },
        'it is no .dsc',
      ],
      [
        'it is something else',
        (dsc) => {
          writeFileSync(dsc, 'x');
        },
        'it is no .dsc',
      ],
    ])('are refused before anything is built when %s', async (_, damage, problem) => {
      const dsc = makeSource(root, HELLO);
      damage(dsc);
      const diagnostics = await refused({ folders: [root] }, [HELLO]);
      expect(diagnostics).toMatchObject([{ code: 'broken-source' }]);
      expect(diagnostics[0]?.message).toContain(`${dsc}: ${problem}`);
    });

    it.each(['nowhere', 'a-file'])('need a folder: %s is none', async (name) => {
      writeFileSync(join(root, 'a-file'), '');
      const diagnostics = await refused({ folders: [join(root, name)] }, [HELLO]);
      expect(diagnostics).toMatchObject([{ severity: 'error' }]);
      expect(diagnostics[0]?.message).toContain(name);
    });
  });

  it('are the builder command’s own business where it can do without, and asked for where it can’t', async () => {
    const store = storeOf({ isNeeded: false });
    await store.check(TASKS);
    expect(await store.source(HELLO)).toEqual({ kind: 'not-needed' });
    expect(await refused({ isNeeded: true }, TASKS)).toMatchObject([{ code: 'no-sources' }]);
    await storeOf({ isNeeded: true }).check([]);
  });

  describe('that are downloaded', () => {
    /** What each further download comes to. */
    let problems: (FetchProblem | undefined)[];
    let downloaded: string[];

    beforeEach(() => {
      problems = [];
      downloaded = [];
    });

    it('are downloaded once for all tasks of a source, and never again', async () => {
      const store = fetching();
      store.ahead(TASKS);
      const found = await Promise.all(TASKS.map((each) => store.source(each)));
      expect(downloaded.sort()).toEqual(['a52dec', 'hello', 'jq', 'tree', 'zlib']);
      const dsc = join(root, 'downloads', 'hello_1_2.0-1.amd64', 'hello_2.0-1.dsc');
      expect(found[0]).toEqual({ kind: 'found', dsc });
      // another run, of what is left of the plan
      const later = fetching();
      await later.check([task('hello', 'arm64')]);
      expect(await later.source(HELLO)).toEqual({ kind: 'found', dsc });
      expect(downloaded).toHaveLength(5);
    });

    it('are tried again when a network was to blame, so many times', async () => {
      const transient = { reason: 'Temporary failure', isTransient: true };
      problems = [transient, transient];
      const store = fetching();
      expect(await store.source(HELLO)).toMatchObject({ kind: 'found' });
      problems = [transient, transient, transient];
      expect(await store.source(task('jq'))).toEqual({ kind: 'unavailable', ...transient });
      expect(downloaded).toEqual(['hello', 'hello', 'hello', 'jq', 'jq', 'jq']);
      // who asks later gets a new try
      expect(await store.source(task('jq'))).toMatchObject({ kind: 'found' });
    });

    it('are not tried again when the mirror does not have them', async () => {
      problems = [{ reason: '404', isTransient: false }];
      expect(await fetching().source(HELLO)).toEqual({
        ...{ kind: 'unavailable', reason: '404', isTransient: false },
      });
      expect(downloaded).toEqual(['hello']);
    });

    it('are given up when the run stops', async () => {
      problems = Array.from({ length: 9 }, () => ({ reason: 'x', isTransient: true }));
      const store = fetching([1_000_000_000]);
      const waiting = store.source(HELLO);
      store.close();
      expect(await waiting).toMatchObject({ kind: 'unavailable', isTransient: true });
    });

    function fetching(retryAfterMs: readonly number[] = [1, 1]): SourceStore {
      const download: typeof fetchWithApt = (wanted, { folder, environment }) => {
        expect(environment).toEqual({ APT_CONFIG: '/etc/mine' });
        downloaded.push(wanted.source);
        const problem = problems.shift();
        if (problem === undefined) makeSource(folder, wanted);
        return Promise.resolve(problem);
      };
      const environment = { APT_CONFIG: '/etc/mine' };
      return storeOf({ fetch: 'apt', download, retryAfterMs, environment });
    }
  });

  function storeOf(given: Partial<SourceRequest>): SourceStore {
    const target = { arch: 'amd64', kind: 'any' as const, profiles: [] };
    return new SourceStore({
      ...{ folders: [], fetch: undefined, isNeeded: true, downloads: join(root, 'downloads') },
      ...{ tasks: TASKS, slugs: taskSlugs(emptyPlan([{ target, tasks: TASKS }])) },
      report: () => undefined,
      environment: {},
      ...given,
    });
  }

  async function refused(
    given: Partial<SourceRequest>,
    tasks: readonly PlanTask[],
  ): Promise<readonly Diagnostic[]> {
    try {
      await storeOf(given).check(tasks);
    } catch (error) {
      if (error instanceof UserError) return error.diagnostics;
      throw error;
    }
    throw new Error('it was not refused');
  }
});

function task(source: string, arch = 'amd64'): PlanTask {
  const found = TASKS.find(({ id }) => id === `${source}_1:2.0-1/${arch}`);
  if (found === undefined) throw new Error(`no ${source}`);
  return found;
}

function tarballOf(dsc: string): string {
  return dsc.replace(/\.dsc$/, '.tar.xz');
}

function editDsc(dsc: string, from: string, to: string): void {
  writeFileSync(dsc, readFileSync(dsc, 'utf8').replaceAll(from, to));
}
