import { describe, expect, it } from 'vitest';
import { simulationSchema } from '../../src/simulate/simulation-schema.ts';
import { makeTree } from '../io/temp-tree.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { SOURCES } from './sources.ts';

const PACKAGES = 'Package: build-essential\nVersion: 12.9\nArchitecture: amd64\n';
const BUILDER = 'name=x86,arch=amd64,slots=2,ram-disk=8GiB';

let plan: string | undefined;

/** The plan of two sources, made once. */
function planText(): string {
  if (plan !== undefined) return plan;
  const cwd = makeTree({ S: SOURCES, P: PACKAGES });
  const args = ['plan', 'S', '--packages', 'P', '--arch', 'amd64', '--builder', BUILDER, '--json', '-q'];
  const { code, stdout } = runCli(args, { cwd });
  expect(code).toBe(0);
  return (plan = stdout);
}

function simulate(...args: readonly string[]): CliRun {
  const cwd = makeTree({ S: SOURCES, 'plan.json': planText() });
  return runCli(['simulate', ...args], { cwd, input: planText() });
}

describe('debplan simulate', () => {
  it('prints a table with the plan first, and nothing on stderr', () => {
    const { code, stdout, stderr } = simulate('plan.json', '--runs', '20');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const names = stdout.split('\n').flatMap((line) => /^([a-z-]+) +[\dm]/.exec(line)?.[1] ?? []);
    expect(names).toEqual(['policy', 'plan', 'static', 'critical-path', 'starlingx']);
    expect(stdout).toMatch(/^2 builds on 1 builder: planned /);
    expect(stdout).toContain('\n20 runs, durations and sizes vary by 0.3, seed 1\n');
  });

  it('prints JSON that its schema knows, the same from a file and from standard input', () => {
    const { code, stdout } = simulate('plan.json', '--json', '--runs', '3', '--policies', 'waves,fifo');
    expect(code).toBe(0);
    const { plan, results } = simulationSchema.parse(JSON.parse(stdout));
    expect(plan.builds).toBe(2);
    expect(results[0]?.policies.map(({ policy }) => policy)).toEqual(['plan', 'waves', 'fifo']);
    const again = simulate('-', '--json', '--runs', '3', '--policies', 'waves,fifo').stdout;
    expect(again.replace('standard input', 'plan.json')).toBe(stdout);
  });

  it('prints CSV, a row for each jitter and policy', () => {
    const { stdout } = simulate(
      'plan.json',
      '--csv',
      '--jitter',
      '0,0.5',
      '--policies',
      'static',
      '--runs',
      '4',
    );
    expect(stdout.split('\n').map((row) => row.split(',').slice(0, 4).join())).toEqual([
      'jitter,size_jitter,runs,policy',
      '0,0,1,plan',
      '0,0,1,static',
      '0.5,0.5,4,plan',
      '0.5,0.5,4,static',
      '',
    ]);
  });

  it.each([
    [
      ['plan.json', '--policies', 'starlinx'],
      "--policies: there is no policy 'starlinx'",
      'did you mean starlingx?',
    ],
    [['plan.json', '--runs', '0'], '--runs 0 is no whole number from 1 to 100000', 'such as --runs 200'],
    [['plan.json', '--jitter', '0.3,x'], '--jitter x is no number from 0 to 2', 'such as --jitter 0.3'],
    [['plan.json', '--fail-rate', '2'], '--fail-rate 2 is no number from 0 to 1', '--fail-rate'],
    [['plan.json', '--json', '--csv'], "--json and --csv can't go together", 'ask for one of them'],
    [['plan.json', 'S'], 'one plan at a time: plan.json and S', 'leave one out'],
    [[], 'no plan is named', 'debplan simulate plan.json'],
    [['gone.json'], "cannot read 'gone.json'", ''],
    [['S'], 'S is no plan that this debplan can read', 'make one with debplan plan -o plan.json'],
  ])('refuses %j', (args, message, hint) => {
    const { code, stdout, stderr } = simulate(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  it('explains itself in 100 columns, with examples that work as they stand', () => {
    const { code, stdout } = simulate('--help');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    const options = lines.filter((line) => /^\s+(?:-\w, )?--\w/.test(line));
    expect(options.filter((line) => !/--[\w-]+ {2,}\S/.test(line))).toEqual([]);
    const examples = lines.filter((line) => line.startsWith('  debplan simulate '));
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      const words = (example.trim().split(/ {2,}/)[0] ?? '').split(' ').slice(2);
      expect(simulate(...words, '--runs', '2').code).toBe(0);
    }
  });
});
