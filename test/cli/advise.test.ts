import { describe, expect, it } from 'vitest';
import { adviceSchema } from '../../src/advise/advice-schema.ts';
import { makeTree } from '../io/temp-tree.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { SOURCES } from './sources.ts';

let planText: string | undefined;

/** A folder with `plan.json`, a plan of the usual sources, which is made once. */
function planned(): string {
  if (planText === undefined) {
    const args = ['plan', 'S', '--arch', 'amd64', '--builder', 'arch=amd64,slots=2,ram-disk=8GiB'];
    const { code, stdout } = runCli([...args, '--partial', '-q', '--json'], {
      cwd: makeTree({ S: SOURCES }),
    });
    expect(code).toBe(0);
    planText = stdout;
  }
  return makeTree({ S: SOURCES, 'plan.json': planText, 'other.json': '{}' });
}

function advise(...args: readonly string[]): CliRun {
  return runCli(['advise', ...args], { cwd: planned() });
}

describe('debplan advise', () => {
  it('prints the advice as text, without a warning', () => {
    const { code, stdout, stderr } = advise('plan.json', '--memory', '32GiB', '--cores', '8');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^amd64: \d+ builds on a host with 32 GiB of memory and 8 cores\n {2}set up/);
    expect(stdout).toContain('--builder name=amd64,arch=amd64,slots=');
    expect(stdout).toContain('build-pkgs --parallel ');
  });

  it('prints it as JSON that fits the schema, and reads the plan from stdin', () => {
    const args = ['--memory', '32GiB', '--cores', '8', '--slots', '1,2', '--jobs', '2', '--json'];
    const { code, stdout } = advise('plan.json', ...args);
    expect(code).toBe(0);
    const advice = adviceSchema.parse(JSON.parse(stdout));
    expect(advice.architectures[0]?.grid).toMatchObject({ slots: [1, 2], makeJobs: [2] });
    const fromStdin = runCli(['advise', '-', ...args], { cwd: planned(), input: planText ?? '' });
    expect(fromStdin).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('gives a builder that plan takes', () => {
    const { stdout } = advise('plan.json', '--memory', '32GiB', '--cores', '8', '--json');
    const [amd64] = adviceSchema.parse(JSON.parse(stdout)).architectures;
    for (const builder of [amd64?.smallest.builder, amd64?.chroots.best.builder]) {
      const args = ['plan', 'S', '--arch', 'amd64', '--builder', builder ?? '', '--partial', '-q'];
      expect(runCli(args, { cwd: planned() })).toMatchObject({ code: 0, stderr: '' });
    }
  });

  const wrong: Readonly<Record<string, { args: readonly string[]; stderr: string }>> = {
    'no plan': {
      args: [],
      stderr: 'error: a plan is needed [usage]\nhint: debplan advise plan.json --memory 128GiB --cores 32\n',
    },
    'two plans': {
      args: ['plan.json', 'other.json'],
      stderr:
        'error: one plan at a time, not plan.json and other.json [usage]\nhint: debplan advise plan.json --memory 128GiB --cores 32\n',
    },
    'a host without memory': {
      args: ['plan.json', '--cores', '8'],
      stderr:
        'error: --memory is missing: how much memory the host has for builds [usage]\nhint: debplan advise plan.json --memory 128GiB --cores 32\n',
    },
    'memory without a unit': {
      args: ['plan.json', '--memory', '64', '--cores', '8'],
      stderr: 'error: --memory 64 is 64 B only [usage]\nhint: did you mean --memory 64GiB?\n',
    },
    'no cores': {
      args: ['plan.json', '--memory', '64GiB', '--cores', '0'],
      stderr:
        'error: --cores 0 is no number from 1 to 4096 [usage]\nhint: debplan advise plan.json --memory 128GiB --cores 32\n',
    },
    'an architecture that the plan does not build': {
      args: ['plan.json', '--memory', '64GiB', '--cores', '8', '--arch', 'arm64'],
      stderr:
        'error: --arch arm64: plan.json builds nothing on arm64 [no-such-architecture]\nhint: it builds on amd64\n',
    },
    'a file that is no plan': {
      args: ['other.json', '--memory', '64GiB', '--cores', '8'],
      stderr:
        'error: other.json is no plan that this debplan can read: schema: Invalid input: expected "debplan/plan@1" [bad-plan]\n  --> other.json:1:1\nhint: make one with debplan plan -o plan.json\n',
    },
    'a plan that is not there': {
      args: ['nope.json', '--memory', '64GiB', '--cores', '8'],
      stderr:
        "error: cannot read 'nope.json': no such file or folder [unreadable-path]\nhint: see what is there: ls -d 'nope.json'*\n",
    },
  };
  it.each(Object.entries(wrong))('refuses %s', (_, { args, stderr }) => {
    expect(advise(...args)).toEqual({ code: 2, stdout: '', stderr });
  });
});
