import { describe, expect, it } from 'vitest';
import { explainSchema } from '../../src/explain/explain-schema.ts';
import { makeTree } from '../io/temp-tree.ts';
import { HISTORY } from './history-lines.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { ON_AMD64, SOURCES } from './sources.ts';

const CONTROL = 'Source: hello\nBuild-Depends: gettext\n\nPackage: hello\nArchitecture: any\n';
const CHANGELOG = 'hello (1.0-1) unstable; urgency=low\n';
const FILES = {
  Sources: SOURCES,
  Packages: 'Package: build-essential\nVersion: 12.9\nArchitecture: amd64\n',
  'history.jsonl': HISTORY,
  'tree/hello/debian/control': CONTROL,
  'tree/hello/debian/changelog': CHANGELOG,
};

function explain(...args: readonly string[]): CliRun {
  return runCli(['explain', ...args], { cwd: makeTree(FILES) });
}

describe('debplan explain', () => {
  it('tells what a duration and a footprint rest on', () => {
    const { code, stdout, stderr } = explain('hello', 'Sources', '--history', 'history.jsonl', ...ON_AMD64);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^hello_1\.0-1\/amd64\n {2}takes 1m \d\ds, .*: by builds of the same source\n/);
    expect(stdout).toMatch(/1\.0-1\/amd64 {2}on x86-1 {2}2026-11-02 +1m 06s/);
  });

  it('gives the figures of the plan with the same options', () => {
    const args = ['Sources', '--packages', 'Packages', '--history', 'history.jsonl', ...ON_AMD64, '--json'];
    const { stdout } = explain('greet', ...args);
    const answer = explainSchema.parse(JSON.parse(stdout));
    const plan = runCli(['plan', ...args, '-q'], { cwd: makeTree(FILES) });
    expect(plan.code).toBe(0);
    const [greet] = answer.units;
    expect(plan.stdout).toContain(`"durationMs": ${String(greet?.duration.medianMs)}`);
    expect(plan.stdout).toContain(`"ramDiskBytes": ${String(greet?.ramDisk.reservedBytes)}`);
  });

  it('tells what the plan takes on a named builder, in RAM and on disk', () => {
    const builder = ['--builder', 'name=b,arch=amd64,slots=1,ram-disk=8GiB,speed=2,jobs=1,disk-factor=3'];
    const args = ['Sources', '--packages', 'Packages', '--arch', 'amd64', ...builder, '--json'];
    const answer = explainSchema.parse(JSON.parse(explain('greet', ...args).stdout));
    const [on] = answer.units[0]?.duration.on ?? [];
    const plan = runCli(['plan', ...args, '-q', '--select', 'greet'], { cwd: makeTree(FILES) });
    expect(plan.stdout).toContain(`"durationMs": ${String(on?.ramMs)}`);
    expect((on?.diskMs ?? 0) / (on?.ramMs ?? 1)).toBeCloseTo(3, 2);
  });

  it.each([
    [['helo', 'Sources'], "'helo' is no source and no unit of the inputs", 'did you mean hello?'],
    [['libgreet-dev', 'Sources'], "'libgreet-dev' is no source", 'a binary package of the source greet'],
    [['hello/arm64', 'Sources'], "'hello/arm64' is no source", 'hello is built for amd64'],
    [[], 'a source is needed', 'debplan explain --help'],
    [['hello'], 'no input is named', ''],
    [['Sources'], 'SOURCE is missing', 'debplan explain SOURCE Sources'],
    [['hello', 'Sources', '--ram-quantile', '2'], '--ram-quantile 2', '--ram-quantile 0.9'],
    [['hello', 'Sources', '--ram-holds', 'disk'], '--ram-holds disk', 'chroot'],
    [['hello', 'Sources', '--history', 'gone.jsonl'], "cannot read 'gone.jsonl'", ''],
  ])('refuses %j', (args, message, hint) => {
    const { code, stdout, stderr } = explain(...args, '--arch', 'amd64');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  it('explains itself in 100 columns, with examples that work as they stand', () => {
    const { code, stdout } = explain('--help');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    const examples = lines.filter((line) => line.startsWith('  debplan explain '));
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      const words = (example.trim().split(/ {2,}/)[0] ?? '').split(' ').slice(2);
      const arch = words.includes('--arch') ? [] : ['--arch', 'amd64'];
      expect(explain(...words, ...arch).code, example).toBe(0);
    }
  });
});
