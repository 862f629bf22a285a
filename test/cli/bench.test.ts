import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { benchSchema } from '../../src/benchmark/bench-schema.ts';
import { BENCH_VOCABULARY } from '../../src/benchmark/bench-metrics.ts';
import { makeTree } from '../io/temp-tree.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { ON_AMD64, SOURCES } from './sources.ts';

const ALONE = '\nPackage: alone\nBinary: alone\nVersion: 1\nArchitecture: any\n';

const files: Record<string, string> = {
  Sources: SOURCES,
  'more.yaml': '- {name: x86, arch: amd64, slots: 8, ram-disk: 64GiB}\n',
  'arm.yaml': '- {name: arm, arch: arm64}\n',
  'none.yaml': '[]\n',
};

/** A folder with a plan, made once, and what it was made from. */
function folder(): string {
  if (files['plan.json'] === undefined) {
    const cwd = makeTree(files);
    const { code, stderr } = runCli(['plan', 'Sources', ...ON_AMD64, '-q'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    files['plan.json'] = readFileSync(join(cwd, 'plan.json'), 'utf8');
  }
  return makeTree(files);
}

function bench(args: readonly string[], cwd = folder()): CliRun {
  return runCli(['bench', ...args], { cwd, input: files['plan.json'] ?? '' });
}

describe('debplan bench', () => {
  it('measures a plan, the same each time but for times', () => {
    const cwd = folder();
    const first = bench(['plan.json', '--no-time'], cwd);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^plan\.json: 2 builds on 1 builder for amd64 in .+\n\nas estimated\npolicy /,
    );
    expect(bench(['plan.json', '--no-time'], cwd)).toEqual(first);
    const timed = benchSchema.parse(JSON.parse(bench(['-', '--json', '--jitter', '0'], cwd).stdout));
    expect(timed.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(timed.subject.name).toBe('standard input');
    const isTimed = (policy: string): boolean =>
      timed.rows.some((row) => row.policy === policy && row.planningMs !== null);
    expect(['plan', 'static', 'fifo', 'starlingx'].map(isTimed)).toEqual([false, false, true, true]);
  });

  it('plans inputs first, and tells what each stage took', () => {
    const { code, stdout } = bench(['Sources', ...ON_AMD64, '--json', '--runs', '2']);
    expect(code).toBe(0);
    const { subject, planning, rows } = benchSchema.parse(JSON.parse(stdout));
    expect(subject).toMatchObject({ name: 'Sources', builds: 2, architectures: ['amd64'] });
    expect(planning?.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['reading', 'estimating times and sizes', 'scheduling']),
    );
    expect(rows[0]).toMatchObject({ policy: 'plan', builders: 'plan', arch: null });
    expect(rows[0]?.planningMs).not.toBeNull();
  });

  it('measures a plan that it makes as the plan that plan makes', () => {
    const cwd = folder();
    const read = (text: string): unknown => benchSchema.parse(JSON.parse(text)).rows;
    const ofPlan = bench(['plan.json', '--no-time', '--json'], cwd).stdout;
    const ofInputs = bench(['Sources', ...ON_AMD64, '--no-time', '--json', '--seed', '1'], cwd).stdout;
    expect(read(ofInputs)).toEqual(read(ofPlan));
  });

  it('plans for other builders too, and for those of the first file where there are only files', () => {
    const ofPlan = bench(['plan.json', '--builders', 'more.yaml', '--no-time', '--jitter', '0']);
    expect(ofPlan).toMatchObject({ code: 0, stderr: '' });
    expect(ofPlan.stdout).toContain('\nplanned anew for more.yaml, as estimated\npolicy ');
    const args = ['Sources', '--arch', 'amd64', '--builders', 'more.yaml', '--no-time', '--json'];
    const { builderSets } = benchSchema.parse(JSON.parse(bench(args).stdout));
    expect(builderSets).toHaveLength(1);
    expect(builderSets[0]?.builders[0]).toMatch(/^name=x86,arch=amd64,slots=8,ram-disk=68719476736B,/);
  });

  it('keeps a history, compares with its last line, and fails where a condition is met', () => {
    const cwd = folder();
    const args = ['plan.json', '--history', 'bench.jsonl', '--runs', '2'];
    const first = bench([...args, '--fail-if', 'makespan>+5%'], cwd);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain('note: makespan>+5%: there is nothing to compare with yet');
    const second = bench([...args, '--fail-if', 'makespan>+5%', '--fail-if', 'slot-use>1%'], cwd);
    expect(second.code).toBe(1);
    expect(second.stdout).toMatch(/\nagainst the bench of .+ UTC, the same inputs: it takes as long\n/);
    expect(second.stderr).toMatch(/^failed: as estimated: slot-use: .+ \(now\); must not be >1%\nfailed: /);
    const third = bench([...args, '--seed', '5', '-q'], cwd);
    expect(third).toMatchObject({ code: 0, stderr: '' });
    const lines = readFileSync(join(cwd, 'bench.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => benchSchema.parse(JSON.parse(line)).against)).toEqual([null, null, null]);
  });

  it('passes no guard of a change where the last bench of the plan was of other settings', () => {
    const cwd = folder();
    const args = ['plan.json', '--history', 'bench.jsonl', '--jitter', '0', '--fail-if', 'makespan>+5%'];
    expect(bench(args, cwd).code).toBe(0);
    const other = bench([...args, '--seed', '5'], cwd);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain(
      "failed: makespan>+5%: can't be judged: of the last bench of plan.json, its seed of noise is 1, now 5",
    );
    expect(bench([...args, '--seed', '5'], cwd).code).toBe(0);
    expect(bench([...args, '--name', 'another'], cwd).code).toBe(0);
  });

  it('passes no guard of what is not measured', () => {
    const timeless = bench(['plan.json', '--no-time', '--fail-if', 'planning>1h']);
    expect(timeless).toMatchObject({ code: 2, stdout: '' });
    expect(timeless.stderr).toContain('--fail-if planning>1h: --no-time measures no times');
    const planned = bench(['plan.json', '--jitter', '0', '--fail-if', 'planning>1h']);
    expect(planned.code).toBe(1);
    expect(planned.stderr).toContain(
      'failed: planning>1h: planning is not measured: the plan was made before; name its inputs instead',
    );
  });

  it('ends as plan does where a cycle has no way out', () => {
    const cwd = folder();
    writeFileSync(
      join(cwd, 'C'),
      SOURCES.replace('Version: 2.1-1\n', 'Version: 2.1-1\nBuild-Depends: hello\n') + ALONE,
    );
    writeFileSync(join(cwd, 'P'), 'Package: build-essential\nVersion: 12\nArchitecture: amd64\n');
    const args = ['C', '--packages', 'P', ...ON_AMD64, '--jitter', '0', '-q'];
    expect([bench(args, cwd).code, bench([...args, '--partial'], cwd).code]).toEqual([1, 0]);
  });

  it('writes a table with dates into folders that it makes', () => {
    const cwd = folder();
    expect(bench(['plan.json', '--jitter', '0', '--csv', 'a/b/t.csv'], cwd).code).toBe(0);
    expect(readFileSync(join(cwd, 'a/b/t.csv'), 'utf8')).toMatch(
      /^measured,plan,.*\n\d{4}-\d\d-\d\dT[\d:]+Z,plan\.json,/,
    );
  });

  it('writes no table over what it measures', () => {
    const cwd = folder();
    const before = readFileSync(join(cwd, 'plan.json'), 'utf8');
    const { code, stderr } = bench(['plan.json', '--csv', './plan.json'], cwd);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: --csv would write over ./plan.json, which is read [usage]\nhint: name another file: --csv new-plan.json\n',
    });
    expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).toBe(before);
  });

  it('tells plans apart by --name, else by the names of their files', () => {
    const cwd = folder();
    const args = ['plan.json', '--history', 'bench.jsonl', '--jitter', '0', '--policies', 'fifo'];
    expect(bench([...args, '--name', 'pa'], cwd).stdout).toMatch(/^pa: 2 builds /);
    expect(bench([...args, '--name', 'pb'], cwd).stderr).toContain('it is of pa');
    expect(bench(args, cwd).stderr).toContain('it is of pb');
    expect(bench([...args, '--name', 'pa'], cwd)).toMatchObject({ code: 0, stderr: '' });
  });

  it('reads a compressed plan as the plan', () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'packed.json.gz'), gzipSync(files['plan.json'] ?? ''));
    const args = ['--no-time', '--name', 'one', '--jitter', '0'];
    expect(bench(['packed.json.gz', ...args], cwd)).toEqual(bench(['plan.json', ...args], cwd));
  });

  it('takes standard input for a plan, whatever it is, and says so', () => {
    const { code, stderr } = runCli(['bench', '-'], { cwd: folder(), input: SOURCES });
    expect(code).toBe(2);
    expect(stderr).toContain('standard input is no plan, and - is always taken for one');
    expect(stderr).toContain('debplan bench Sources');
  });

  it('fails, and passes no guard, where builds are given up', () => {
    const noise = [
      '--fail-rate',
      '1',
      '--retries',
      '0',
      '--runs',
      '2',
      '--jitter',
      '0',
      '--policies',
      'fifo',
    ];
    const { code, stdout, stderr } = bench(['plan.json', ...noise, '--fail-if', 'gap>2%']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'failed: as estimated: gap: not measured, as builds were given up; must not be >2%\n',
    );
    expect(stdout).toMatch(/\nplan +\S+s? +.*– +– /);
    expect(bench(['plan.json', ...noise, '--csv', '-']).stdout).toMatch(/,2,\d+,\d+,,,/);
  });

  it('writes every row as CSV', () => {
    const cwd = folder();
    bench(['plan.json', '--csv', 'bench.csv', '--no-time'], cwd);
    const written = readFileSync(join(cwd, 'bench.csv'), 'utf8');
    expect(bench(['plan.json', '--csv', '-', '--no-time'], cwd).stdout).toBe(written);
    expect(written.split('\n').length).toBeGreaterThan(25);
  });

  it.each<[readonly string[], string, string]>([
    [[], 'no plan and no input is named', 'debplan bench plan.json'],
    [['plan.json', 'other.json'], 'one plan at a time: plan.json and other.json', 'leave one out'],
    [
      ['plan.json', '--arch', 'amd64'],
      '--arch says how to plan, and plan.json is planned',
      'name the inputs',
    ],
    [['plan.json', '--rebuild-stale'], '--rebuild-stale says how to plan', 'leave it out'],
    [['plan.json', '--policies', 'critcal-path'], "no policy 'critcal-path'", 'did you mean critical-path?'],
    [['plan.json', '--fail-if', 'makespn>1h'], "no metric 'makespn'", 'did you mean makespan?'],
    [['plan.json', '--fail-if', 'makespan>+5%'], 'is a change, and there is no history', '--history'],
    [['plan.json', '--history', 'Sources'], 'Sources holds no bench: this is no JSON', '--build-history'],
    [['plan.json', '--history', 'gone/bench.jsonl'], 'gone', ''],
    [['plan.json', '--builders', 'none.yaml'], 'none.yaml', ''],
    [['plan.json', '--builders', 'arm.yaml'], 'no builder for amd64', '--builder'],
    [
      ['plan.json', '--builders', 'more.yaml', '--builders', './more.yaml'],
      'is named twice',
      'leave one out',
    ],
    [
      ['plan.json', '--builder', 'arch=amd64,disk-slots=0,ram-disk=1MiB'],
      'no builder there has room',
      'RAM disk',
    ],
    [['plan.json', '--json', '--csv', '-'], "can't both go to stdout", '--csv bench.csv'],
    [
      ['plan.json', '--csv', 'more.yaml/bench.csv'],
      "cannot write 'more.yaml/bench.csv': a part of the path is a file",
      'name another place',
    ],
    [['plan.json', '--csv', '.'], "'.'", ''],
    [['plan.json', '--name', ''], '--name needs a name', '--name nightly'],
    [['plan.json', '--jitter', 'lots'], '--jitter lots is no number', '--jitter 0.3'],
    [['Sources', '--history', 'plan.json'], 'plan.json holds no bench', '--history bench.jsonl'],
  ])('refuses %j and says what to type', (args, message, hint) => {
    const cwd = folder();
    const { code, stdout, stderr } = bench(args, cwd);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(existsSync(join(cwd, 'bench.jsonl'))).toBe(false);
  });

  it('names every metric in its help', () => {
    const help = bench(['--help']).stdout.replaceAll('\n', ' ');
    const [, told = ''] = / Metrics: (.+?) What to measure: /.exec(help) ?? [];
    for (const name of BENCH_VOCABULARY.names) expect(told).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
