import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMPARISON_VOCABULARY } from '../../src/compare/check-conditions.ts';
import { comparisonSchema } from '../../src/compare/comparison-schema.ts';
import { makeTree } from '../io/temp-tree.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { SOURCES } from './sources.ts';

const BUILDERS = ['name=x86,arch=amd64,slots=2,ram-disk=8GiB', 'name=arm,arch=arm64,slots=1,ram-disk=4GiB'];

const AMD = `Package: amd
Binary: amd
Version: 1
Architecture: amd64
Package-List:
 amd deb misc optional arch=amd64
`;
const [X86 = '', ARM = ''] = BUILDERS;
const PLANS: Readonly<Record<string, readonly string[]>> = {
  'two.json': ['--arch', 'amd64,arm64', '--builder', X86, '--builder', ARM],
  'one.json': ['--arch', 'amd64', '--builder', X86],
  'slow.json': ['--arch', 'amd64', '--builder', `${X86},speed=0.5`, '--profiles', 'nocheck'],
  'less.json': ['--arch', 'amd64', '--builder', X86, '--select', 'hello'],
};

const files: Record<string, string> = { Sources: `${SOURCES}\n${AMD}` };

/** The plans, made once, in a folder of their own. */
function plans(): string {
  if (files['two.json'] === undefined) {
    const cwd = makeTree(files);
    for (const [file, args] of Object.entries(PLANS)) {
      const { code, stderr } = runCli(['plan', 'Sources', ...args, '-q', '-o', file], { cwd });
      expect({ code, stderr }, file).toEqual({ code: 0, stderr: '' });
      files[file] = readFileSync(join(cwd, file), 'utf8');
    }
  }
  return makeTree(files);
}

function compare(...args: readonly string[]): CliRun {
  const cwd = plans();
  return runCli(['compare', ...args], { cwd, input: files['one.json'] ?? '' });
}

describe('debplan compare', () => {
  it('compares the two architectures of a plan', () => {
    const { code, stdout, stderr } = compare('two.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^two\.json: amd64 takes .+, arm64 /);
    expect(stdout).toContain('\nonly in amd64 (1 unit)\n  amd: Architecture: amd64\n');
  });

  it('compares two plans, and says which options differ', () => {
    const { code, stdout } = compare('one.json', 'slow.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^one takes .+, slow .+: \+/);
    expect(stdout).toContain(
      '\nplanned with other options\n  profiles: none → nocheck\n  builder x86: speed: 1 → 0.5\n',
    );
  });

  it('finds no difference between a plan and itself, from a file or from standard input', () => {
    for (const args of [
      ['one.json', 'one.json'],
      ['-', 'one.json'],
    ]) {
      const { code, stdout } = compare(...args);
      expect(code).toBe(0);
      expect(stdout).toContain('\nno difference: 3 units, all planned alike\n');
    }
  });

  it('prints JSON that its schema knows', () => {
    const { code, stdout } = compare('one.json', 'less.json', '--json', '--fail-if', 'lost>5');
    expect(code).toBe(0);
    const document = comparisonSchema.parse(JSON.parse(stdout));
    expect(document.lone.map(({ unit, why }) => [unit, why.kind])).toEqual([
      ['amd/amd64', 'not-selected'],
      ['greet/amd64', 'not-selected'],
    ]);
    expect(document.conditions).toMatchObject([{ condition: 'lost>5', isMet: false }]);
  });

  it('prints Markdown', () => {
    const { code, stdout } = compare('two.json', '--markdown');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^### two\.json: amd64 takes /);
    expect(stdout).toContain('\n| makespan | ');
  });

  it('exits with 1 when a condition is met, and says which and by how much', () => {
    const args = ['one.json', 'slow.json', '--fail-if', 'makespan>+5%', '--fail-if', 'lost>0'];
    const { code, stdout, stderr } = compare(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^failed: makespan: .+ \(one\.json\), .+ \(slow\.json\): \+\d+\.\d %, .+; must not be >\+5%\n$/,
    );
    expect(stdout).toMatch(/\nconditions\n {2}failed {2}makespan: .+\n {2}kept {4}lost: 0; /);
    expect(compare('slow.json', 'one.json', '--fail-if', 'makespan>+5%').code).toBe(0);
  });

  it('names every metric in its help', () => {
    const help = compare('--help').stdout;
    expect(COMPARISON_VOCABULARY.names.filter((name) => !new RegExp(`[\\s(]${name}\\b`).test(help))).toEqual(
      [],
    );
  });

  it('compares one architecture of two plans', () => {
    const { code, stdout } = compare('one.json', 'two.json', '--arch', 'amd64', '--json');
    expect(code).toBe(0);
    const { kind, sides, counts } = comparisonSchema.parse(JSON.parse(stdout));
    expect({ kind, labels: sides.map(({ label }) => label), counts }).toMatchObject({
      kind: 'plans',
      labels: ['one.json amd64', 'two.json amd64'],
      counts: { both: 3, lone: [0, 0] },
    });
  });

  it.each([
    [[], 'no plan is named', 'debplan compare before.json after.json'],
    [['one.json'], 'amd64 alone', 'name a second plan'],
    [['two.json', '--arch', 'amd64'], 'amd64 alone', '--arch amd64,arm64'],
    [['two.json', '--arch', 'amd64,amd64'], 'twice', 'name two'],
    [['two.json', '--arch', 'amd64,riscv64'], 'two.json is not for riscv64', 'it is for amd64, arm64'],
    [['one.json', 'two.json', '--arch', 'arm64'], 'one.json is not for arm64', 'it is for amd64'],
    [['one.json', 'two.json', 'slow.json'], 'two plans at most', ''],
    [['-', '-'], 'both plans on standard input', ''],
    [['one.json', 'gone.json'], "cannot read 'gone.json'", ''],
    [['one.json', 'Sources'], 'Sources is no plan', ''],
    [['two.json', '--json', '--markdown'], "can't go together", ''],
    [['two.json', '--fail-if', 'speed>1'], "there is no metric 'speed'", 'the metrics are makespan'],
  ])('refuses %j', (args, message, hint) => {
    const { code, stdout, stderr } = compare(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });
});
