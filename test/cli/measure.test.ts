import { constants } from 'node:os';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseHistory } from '../../src/history/parse-history.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { makeTree } from '../io/temp-tree.ts';
import { requireBuild, runCli } from './run-cli.ts';

const DSC = 'Format: 3.0 (native)\nSource: hello\nBinary: hello\nArchitecture: all\nVersion: 1:2.10-3\n';

function read(folder: string): readonly BuildRecord[] {
  const fail = (): never => {
    throw new Error('the history is damaged');
  };
  return parseHistory(readFileSync(join(folder, 'h.jsonl'), 'utf8'), 'h.jsonl', fail);
}

/** Where tests run in the background, shells ignore some of these, and what they start can't change that. */
const IGNORED = parseInt(/^SigIgn:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0', 16);
const HEARD = (['SIGTERM', 'SIGINT', 'SIGHUP'] as const).filter(
  (signal) => Math.floor(IGNORED / 2 ** (constants.signals[signal] - 1)) % 2 === 0,
);

describe('debplan measure', () => {
  it('gives the command what it is given, passes on what it prints, and says on stderr what it took', () => {
    const cwd = makeTree();
    const args = ['measure', '--', 'sh', '-c', 'cat; echo "$0 $1" >&2', '--json', '--'];
    const { code, stdout, stderr } = runCli(args, { cwd, input: 'given' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'given' });
    expect(stderr).toMatch(/^--json --\nmeasured: \S+/);
  });

  it('records a build that fills a folder, by the .dsc on the command line', () => {
    const cwd = makeTree({ 'hello_2.10-3.dsc': DSC, 'out/old': '' });
    const script = 'dd if=/dev/zero of=out/new bs=1M count=3 status=none';
    const args = ['--folder', 'out', '--history', 'h.jsonl', '--builder', 'x86-1', '--quiet'];
    const command = ['sh', '-c', script, 'hello_2.10-3.dsc'];
    const env = { DEB_BUILD_OPTIONS: 'nocheck parallel=2' };
    const { code, stderr } = runCli(['measure', ...args, '--', ...command], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [record] = read(cwd);
    expect(record).toMatchObject({
      source: 'hello',
      version: '1:2.10-3',
      arch: 'all',
      builder: 'x86-1',
      makeJobs: 2,
      profiles: ['nocheck'],
      outcome: 'built',
      holds: 'build',
      from: { tool: 'measure' },
    });
    expect(record?.endBytes).toBeGreaterThanOrEqual(3 * 2 ** 20);
    expect(record?.peakBytes).toBeGreaterThanOrEqual(record?.endBytes ?? Infinity);
  });

  it('ends as the command ends, and records that it failed', () => {
    const cwd = makeTree();
    // two versions: of one, builds that begin and end in the same second as fast may count as one build told twice
    const measure = (version: string, script: string): number | null => {
      const build = ['--source', `hello=${version}`, '--arch', 'arm64', '--history', 'h.jsonl'];
      return runCli(['measure', ...build, '--', 'sh', '-c', script], { cwd }).code;
    };
    expect(measure('1.0', 'exit 7')).toBe(7);
    expect(measure('1.1', 'kill -KILL $$')).toBe(137);
    const records = read(cwd).map(({ arch, outcome }) => `${arch} ${outcome}`);
    expect([...records].sort()).toEqual(['arm64 failed', 'arm64 killed']);
  });

  it('prints one JSON document on stdout, what the command prints goes to stderr', () => {
    const { stdout, stderr } = runCli(['measure', '--json', '--', 'echo', 'hi'], { cwd: makeTree() });
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      schema: 'debplan/measure@1',
      command: ['echo', 'hi'],
      exitCode: 0,
      signal: null,
      record: null,
    });
    expect(stderr).toMatch(/^hi\n/);
  });

  it.each(HEARD)(
    'passes %s on to all processes of the command, waits for it, and records that it was killed',
    async (signal) => {
      const cwd = makeTree();
      // the shell and its child both have to get it: the one writes a file as soon as the other has ended
      // the child says that it is there: a shell that is about to start one can lose a signal
      const script = `trap "echo got >got; exit 5" TERM INT HUP; bash -c "echo ready; exec sleep 600"`;
      const options = ['--source', 'hello=1.0', '--history', 'h.jsonl', '--', 'bash', '-c', script];
      const child = spawn(process.execPath, [requireBuild(), 'measure', ...options], { cwd });
      await once(child.stdout, 'data');
      child.kill(signal);
      const closed: readonly unknown[] = await once(child, 'close');
      expect(closed[0]).toBe(5);
      expect(readFileSync(join(cwd, 'got'), 'utf8')).toBe('got\n');
      expect(read(cwd)).toMatchObject([{ outcome: 'killed' }]);
    },
  );

  it('prints the record if the history can no longer take it, and ends as the command ends', () => {
    const cwd = makeTree();
    const args = ['--source', 'hello=1.0', '--history', 'h', '--quiet', '--', 'mkdir', 'h'];
    const { code, stderr } = runCli(['measure', ...args], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain("the record of this build is not in 'h': it is the line below");
    const line = stderr.slice(stderr.indexOf('{'));
    expect(parseHistory(line, 'h', () => undefined)).toMatchObject([{ source: 'hello', outcome: 'built' }]);
  });

  it('leaves no control group behind, even if a process outlives the command', () => {
    const before = ownGroups();
    const args = ['measure', '--', 'sh', '-c', 'sleep 2 >/dev/null 2>&1 & exit 0'];
    expect(runCli(args, { cwd: makeTree() }).code).toBe(0);
    expect(ownGroups().filter((name) => !before.includes(name))).toEqual([]);
  });

  it.each([
    [['--', 'no-such-command'], 127, "cannot run 'no-such-command': there is no such command"],
    [['--', './plain'], 126, "cannot run './plain': permission denied"],
    [[], 2, 'no command is named'],
    [['--ram', '.', '--folder', '.', '--', 'true'], 2, '--ram . and --folder .: one place at a time'],
    [['--folder', 'gone', '--', 'true'], 2, "'gone' is no folder"],
    [['--ram', '/proc', '--', 'true'], 2, "'/proc' lies on no RAM disk (tmpfs)"],
    [['--source', 'hello=1', '--history', 'h.gz', '--', 'true'], 2, 'lines are added to a plain file only'],
    [['--source', 'hello=1', '--history', '.', '--', 'touch', 'ran'], 2, "cannot add to '.': is a folder"],
    [['--source', 'hello=1', '--history', 'x/h', '--', 'touch', 'ran'], 2, "there is no folder 'x'"],
    [['--history', 'h', '--history', 'i', '--', 'true'], 2, '--history is given twice: h and i'],
    [['--history', 'h', '--', 'true'], 2, 'tells the source of what is built'],
    [['--history', 'h', '--source', 'hello', '--', 'true'], 2, 'tells the version of what is built'],
    [['--source', 'Hello=1', '--', 'true'], 2, "'Hello' is no name of a source package"],
    [['--interval', '1ms', '--', 'true'], 2, '--interval 1ms is no time from 5ms to 1h'],
    [['--interval', '10', '--', 'true'], 2, '--interval 10 has no unit'],
    [['--source', 'hello', '--', 'true'], 2, 'tells the version of what is built'],
    [['--builder', 'a b,c', '--', 'true'], 2, '--builder a b,c is no builder name'],
    [['--', 'sleep 1'], 127, 'hint: without quotes it is a command and its arguments: -- sleep 1'],
    [['--make-jobs', '0', '--', 'true'], 2, '--make-jobs 0 is no number from 1 to 4096'],
  ] as const)('refuses %j with exit code %d', (args, code, message) => {
    const cwd = makeTree({ plain: 'x' });
    const ran = runCli(['measure', ...args], { cwd });
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(message);
    expect(readdirSync(cwd)).toEqual(['plain']);
  });
});

function ownGroups(): readonly string[] {
  const root = '/sys/fs/cgroup';
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /debplan-\d+-1$/.test(name),
  );
}
