import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { nextSchema } from '../../src/next/next-schema.ts';
import type { NextAnswer } from '../../src/next/next-document.ts';
import { makeTree } from '../io/temp-tree.ts';
import { playRun } from '../journal/played-run.ts';
import { generatePlan } from '../support/generated-plan.ts';
import { runCli, type CliRun } from './run-cli.ts';

const PLAN = generatePlan(60);
const PLAN_TEXT = stableJson(PLAN);
const STATE = (lists: object): string => JSON.stringify({ schema: 'debplan/state@1', ...lists });

function next(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
  input = PLAN_TEXT,
): CliRun {
  return runCli(['next', ...args], { cwd: makeTree({ 'plan.json': PLAN_TEXT, ...files }), input });
}

function answerOf(text: string): NextAnswer {
  const answer = nextSchema.parse(JSON.parse(text));
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

describe('debplan next', () => {
  it('says what may start, what is held back for what, and how far it is; nothing on stderr', () => {
    const { code, stdout, stderr } = next(['plan.json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+ builds may start now:\n {2}pkg-\d+_\S+\/a\w+ +(?:x86|arm)-\d\.\d+ +/);
    expect(stdout).toMatch(/\n\d+ to start, .*waiting for others; about \d+[hm] \d+[ms] to go\n$/);
  });

  it('prints JSON that its schema knows, the same from a file and from standard input', () => {
    const { code, stdout } = next(['plan.json', '--json']);
    expect(code).toBe(0);
    expect(answerOf(stdout).start.length).toBeGreaterThan(3);
    expect(next(['-', '--json']).stdout).toBe(stdout);
  });

  it('goes on from a state file, from standard input, or from the journal of a run', () => {
    const [first] = answerOf(next(['plan.json', '--json']).stdout).start;
    const state = STATE({ running: [first?.id], finished: [] });
    const { stdout } = next(['plan.json', '--json', '--state', 'state.json'], { 'state.json': state });
    expect(answerOf(stdout)).toMatchObject({ running: 1, finished: 0 });
    expect(next(['plan.json', '--json', '--state', '-'], {}, state).stdout).toBe(stdout);
    const journal = playRun(PLAN, { seed: 1, stopAfter: 20 }).map((event) => `${JSON.stringify(event)}\n`);
    const resumed = next(['plan.json', '--json', '--state', 'j'], { j: journal.join('') });
    expect(answerOf(resumed.stdout).finished).toBe(20);
    expect(resumed.stderr).toContain('j tells of a run of another plan than plan.json');
  });

  it('takes what contradicts the plan for what it is, and warns', () => {
    const [first, second] = answerOf(next(['plan.json', '--json']).stdout).start;
    const place = { builder: first?.builder, slot: first?.slot };
    const running = [first, second].map((start) => ({ id: start?.id, ...place }));
    const { code, stdout, stderr } = next(['plan.json', '--state', 's'], { s: STATE({ running }) });
    expect(code).toBe(0);
    expect(stdout).toContain('2 running');
    expect(stderr).toMatch(/^warning: \S+ is said to run in slot \d+ of \S+, which is not free/);
  });

  it('answers each event of --follow in a line of its own, and starts no build twice', () => {
    const events = ['{"event":"tick"}', 'nonsense', '', '{"event":"tick"}'];
    const { code, stdout, stderr } = next(['plan.json', '--follow'], {}, `${events.join('\n')}\n`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [first = '', bad = '', second = '', ...rest] = stdout.trimEnd().split('\n');
    expect(rest).toEqual([]);
    expect(answerOf(second)).toMatchObject({ start: [], running: answerOf(first).start.length });
    const refused = nextSchema.parse(JSON.parse(bad));
    expect('error' in refused ? refused.error : '').toContain('this line is no event');
    const confirmed = next(['plan.json', '--follow', '--confirm'], {}, `${events.join('\n')}\n`).stdout;
    expect(confirmed.split('\n')[2]).toBe(first);
  });

  it.each([
    [[], 'no plan is named', 'debplan next plan.json'],
    [['plan.json', '--state', 'gone.json'], "cannot read 'gone.json'", ''],
    [['plan.json', '--state', 'plan.json'], 'plan.json is no state of builds', 'or is the journal of a run'],
    [['plan.json', '--state', 'bad'], "the plan has no build 'pkg-99999'", 'did you mean'],
  ])('refuses %j', (args, message, hint) => {
    const bad = STATE({ finished: ['pkg-99999'] });
    const { code, stdout, stderr } = next(args, { bad });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });
});
