import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseJournal } from '../../src/journal/parse-journal.ts';
import type { EndEvent, RunEvent, StartEvent } from '../../src/journal/run-event.ts';
import type { Plan, PlanTask } from '../../src/plan/plan.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { CHROOT, runDebplan, runUntil, SbuildRoom, USER, whyNoSbuild, type Ran } from './sbuild-room.ts';

const MIB = 2 ** 20;
/** Two of the small builds fit, a third doesn't; the large one fits never. */
const RAM_DISK_MIB = 1700;
const SMALL_MIB = 800;
const LARGE_MIB = 2000;
/** A small native package that Debian has: built anew with its own version and other contents. */
const LIBRARY = 'media-types';
const OWN_CONTENT = 'changed here, same version';
/** The runner is killed when so many builds have ended or are well under way, and another one goes on. */
const KILLED_AT = [1, 2];
/** The log of a build that is well under way. */
const LOG_BYTES = 2000;

const version = versionInDebian();
const reason = whyNoSbuild() ?? (version === undefined ? `apt knows no ${LIBRARY}` : undefined);
if (reason !== undefined) process.stderr.write(`test:system: runs with sbuild are SKIPPED: ${reason}\n`);

describe.skipIf(reason !== undefined)('a plan that is run with sbuild', () => {
  let room: SbuildRoom;
  let plan: Plan;
  let ran: Ran;
  let events: readonly RunEvent[];
  const pathTo = (...names: readonly string[]): string => join(room.folder, ...names);

  beforeAll(async () => {
    room = new SbuildRoom();
    makeSources(room);
    makePlan();
    const began = Date.now();
    for (const [life, builds] of [...KILLED_AT, Infinity].entries()) {
      const isTime = (): boolean => countBegun() >= builds && countBegins() > life;
      ran = await runUntil(runArgs(), room.folder, isTime);
    }
    process.stderr.write(
      `${ran.stdout}four builds in ${String(Math.round((Date.now() - began) / 1000))} s\n`,
    );
    events = journal();
  });
  afterAll(() => {
    room.close();
  });

  it('builds all, each once, though it is killed again and again', () => {
    expect(ran.code, ran.stderr + ran.stdout).toBe(0);
    expect(ends().map(({ outcome }) => outcome)).toEqual(['built', 'built', 'built', 'built']);
    expect(countBegins()).toBe(KILLED_AT.length + 1);
    expect(events.filter(({ event }) => event === 'start')).toHaveLength(4);
    expect(events.filter(({ event }) => event === 'stop')).toHaveLength(1);
  });

  it('builds against what was built before, though the archive has the same version', () => {
    const [deb = ''] = execFileSync('find', [pathTo('work', 'results'), '-name', 'debplan-app_*.deb'], {
      encoding: 'utf8',
    }).split('\n');
    mkdirSync(pathTo('unpacked'));
    execFileSync('dpkg-deb', ['-x', deb, pathTo('unpacked')]);
    const seen = readFileSync(pathTo('unpacked', 'usr', 'share', 'debplan-app', 'seen'), 'utf8');
    expect(seen).toBe(`${OWN_CONTENT}\n`);
  });

  it('keeps to slots, RAM disk and needs, as it really was', () => {
    const held = events.reduce<{ readonly bytes: number; readonly builds: number }[]>((steps, event) => {
      const last = steps.at(-1) ?? { bytes: 0, builds: 0 };
      if (event.event === 'start')
        return [...steps, { bytes: last.bytes + event.ramDiskBytes, builds: last.builds + 1 }];
      if (event.event !== 'end') return steps;
      return [...steps, { bytes: last.bytes - startOf(event.task).ramDiskBytes, builds: last.builds - 1 }];
    }, []);
    expect(Math.max(...held.map(({ bytes }) => bytes))).toBeLessThanOrEqual(RAM_DISK_MIB * MIB);
    expect(Math.max(...held.map(({ builds }) => builds))).toBe(2);
    expect(held.at(-1)).toEqual({ bytes: 0, builds: 0 });
    for (const { id, needs } of tasks()) {
      for (const need of needs) expect(endOf(need).endedMs).toBeLessThanOrEqual(startOf(id).atMs);
    }
  });

  it('puts what is larger than the RAM disk on disk, all else in RAM, each within what was planned for it', () => {
    for (const { id, source, ramDiskBytes } of tasks()) {
      const isLarge = source === 'debplan-large';
      expect(startOf(id).mode).toBe(isLarge ? 'disk' : 'ram');
      const { peakBytes } = endOf(id);
      // nobody has seen the whole of a build whose runner was killed
      if (peakBytes === undefined) continue;
      expect(peakBytes).toBeGreaterThan((isLarge ? RAM_DISK_MIB : 300) * MIB);
      if (!isLarge) expect(peakBytes).toBeLessThan(ramDiskBytes);
    }
    expect(ends().filter(({ peakBytes }) => peakBytes !== undefined)).not.toEqual([]);
  });

  it('leaves packages and logs, and nothing else', () => {
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(room.folder);
    expect(spawnSync('pgrep', ['-f', room.folder], { encoding: 'utf8' }).stdout).toBe('');
    for (const { source } of tasks()) {
      const [log = ''] = execFileSync('find', [pathTo('work', 'results'), '-path', `*/${source}_*/log`], {
        encoding: 'utf8',
      }).split('\n');
      expect(readFileSync(log, 'utf8')).toMatch(/^Status: successful$/m);
    }
  });

  it('leaves a repository that apt installs from', () => {
    const root = pathTo('apt');
    for (const folder of ['lists/partial', 'cache/archives/partial', 'etc'])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'status'), '');
    writeFileSync(join(root, 'sources.list'), `deb [trusted=yes] file:${pathTo('work', 'results')} ./\n`);
    const conf = [
      ...[`Dir::State::lists "${root}/lists";`, `Dir::State::status "${root}/status";`],
      ...[`Dir::Cache "${root}/cache";`, `Dir::Etc::sourcelist "${root}/sources.list";`],
      ...['Dir::Etc::sourceparts "/dev/null";', 'APT::Architecture "amd64";', 'APT::Sandbox::User "root";'],
    ];
    writeFileSync(join(root, 'apt.conf'), `${conf.join('\n')}\n`);
    const env = { ...process.env, APT_CONFIG: join(root, 'apt.conf') };
    execFileSync('apt-get', ['update', '-qq'], { env });
    execFileSync('apt-get', ['download', '-qq', 'debplan-app', LIBRARY], { env, cwd: root });
    expect(existsSync(join(root, 'debplan-app_1.0_amd64.deb'))).toBe(true);
    expect(existsSync(join(root, `${LIBRARY}_${version ?? ''}_all.deb`))).toBe(true);
  });

  it('tells what took place as a plan, which is compared with what was planned', () => {
    const text = readFileSync(pathTo('work', 'actual.json'), 'utf8');
    const actual = readPlan(text, 'actual.json');
    // throws for starts before needs, too many builds at once, a RAM disk that is too full
    expect(problemOfPlan(actual, 'actual.json').tasks).toHaveLength(4);
    const compared = debplan('compare', 'plan.json', join('work', 'actual.json'));
    expect(compared.code, compared.stderr).toBe(0);
    process.stderr.write(compared.stdout);
  });

  function makePlan(): void {
    const stanzas = [
      ['debhelper', '13.11.4', 'Provides: debhelper-compat (= 13)'],
      [LIBRARY, version ?? '', 'Section: net'],
    ].map(([name, found, field]) => `Package: ${name}\nVersion: ${found}\nArchitecture: all\n${field}\n`);
    writeFileSync(pathTo('Packages'), stanzas.join('\n'));
    const sizes = [
      ['debplan-large', '30s', LARGE_MIB],
      ...[LIBRARY, 'debplan-app', 'debplan-other'].map((name) => [name, '20s', SMALL_MIB]),
    ].map(([name, time, size]) => `${name}\t${time}\t${size}MiB\n`);
    writeFileSync(pathTo('sizes.tsv'), `source\tduration\tsize\n${sizes.join('')}`);
    const planned = debplan(
      ...['plan', '.', '--packages', 'amd64=Packages', '--arch', 'amd64', '--implicit', 'none'],
      ...['--estimates', 'sizes.tsv', '-o', 'plan.json'],
      ...['--builder', `name=here,arch=amd64,slots=2,ram-disk=${RAM_DISK_MIB}MiB,jobs=1`],
    );
    expect(planned.code, planned.stderr).toBe(0);
    plan = readPlan(readFileSync(pathTo('plan.json'), 'utf8'), 'plan.json');
  }

  function runArgs(): readonly string[] {
    return [
      ...['run', 'plan.json', '--work', 'work', '--sources', '.', '--with', 'sbuild', '--suite', 'bookworm'],
      ...['--chroot', CHROOT, '--user', USER],
      ...(existsSync(pathTo('work', 'journal.jsonl')) ? ['--resume'] : []),
    ];
  }

  function countBegins(): number {
    return journal().filter(({ event }) => event === 'begin').length;
  }

  /** How many builds have ended, or are well under way. */
  function countBegun(): number {
    if (!existsSync(pathTo('work', 'attempts'))) return 0;
    const sizes = readdirSync(pathTo('work', 'attempts')).map(
      (name) => statSync(pathTo('work', 'attempts', name, 'log'), { throwIfNoEntry: false })?.size ?? 0,
    );
    const ended = journal().filter(({ event }) => event === 'end').length;
    return ended + sizes.filter((size) => size > LOG_BYTES).length;
  }

  function journal(): readonly RunEvent[] {
    const path = pathTo('work', 'journal.jsonl');
    return existsSync(path) ? parseJournal(readFileSync(path, 'utf8'), 'journal.jsonl').events : [];
  }

  function debplan(...args: readonly string[]): Ran {
    return runDebplan(args, room.folder);
  }

  function tasks(): readonly PlanTask[] {
    return plan.targets.flatMap((target) => target.tasks);
  }

  function ends(): readonly EndEvent[] {
    return events.filter((event) => event.event === 'end');
  }

  function endOf(id: string): EndEvent {
    const found = ends().find(({ task }) => task === id);
    if (found === undefined) throw new Error(`${id} has not ended`);
    return found;
  }

  function startOf(id: string): StartEvent {
    const found = events.filter((event) => event.event === 'start').find(({ task }) => task === id);
    if (found === undefined) throw new Error(`${id} has not begun`);
    return found;
  }
});

/** A library as Debian has it, but changed; what is built against it; a build that is too large; and another one. */
function makeSources(room: SbuildRoom): void {
  room.source({
    name: LIBRARY,
    version: version ?? '',
    architecture: 'all',
    build: [`echo '${OWN_CONTENT}' >content`],
    install: [`content usr/share/${LIBRARY}`],
  });
  room.source({
    name: 'debplan-app',
    buildDepends: [LIBRARY],
    build: [`cat /usr/share/${LIBRARY}/content >seen || echo "the archive's own" >seen`],
    install: ['seen usr/share/debplan-app'],
  });
  room.source({ name: 'debplan-large', build: ['head -c 1200M /dev/zero >huge'] });
  room.source({ name: 'debplan-other', build: ['head -c 20M /dev/zero >some'] });
}

/** From the private apt root that `apt-root` makes. */
function versionInDebian(): string | undefined {
  const root = resolve(process.env['DEBPLAN_SYSTEM_DIR'] ?? '/nonexistent', 'bookworm');
  const { stdout } = spawnSync('apt-cache', ['show', '--no-all-versions', LIBRARY], {
    encoding: 'utf8',
    env: { ...process.env, APT_CONFIG: join(root, 'apt.conf') },
  });
  return /^Version: (\S+)$/m.exec(stdout)?.[1];
}
