import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { stableJson } from '../../src/base/stable-json.ts';
import { formatEvent } from '../../src/journal/format-event.ts';
import { parseJournal } from '../../src/journal/parse-journal.ts';
import { makeTree } from '../io/temp-tree.ts';
import { BEGIN } from '../journal/events.ts';
import { emptyPlan, planBuilder, planTask } from '../emit/small-plan.ts';
import { runCli, type CliRun } from './run-cli.ts';

/** Three builds, of which the second needs the first. */
function smallPlan(): string {
  const names = ['a', 'b', 'c'];
  const tasks = names.map((source, index) =>
    planTask({
      ...{ id: `${source}_1/amd64`, source, version: '1', needs: source === 'b' ? ['a_1/amd64'] : [] },
      ...{ startMs: index * 1000, mode: 'disk' },
    }),
  );
  const builder = planBuilder({ name: 'one', slots: 1, diskSlots: 1, diskFactor: 1 });
  const target = { arch: 'amd64', kind: 'any', profiles: [] } as const;
  return stableJson({ ...emptyPlan([{ target, tasks }], [builder]), makespanMs: 3000 });
}

function run(cwd: string, ...args: readonly string[]): CliRun {
  return runCli(['run', 'plan.json', '--builders', 'one', '--emulate', '--no-ram-disk', ...args], { cwd });
}

const answer = z.object({
  built: z.array(z.object({ task: z.string() })),
  failed: z.array(z.object({ task: z.string(), reason: z.string(), log: z.string(), blocks: z.number() })),
  blocked: z.array(z.object({ task: z.string(), by: z.array(z.string()) })),
  left: z.array(z.string()),
});

describe('debplan run', () => {
  it('builds a plan, keeps what was built, and does nothing when asked to go on', () => {
    const cwd = makeTree({ 'plan.json': smallPlan() });
    const command = 'echo {id} >> ../../../../log; echo {source} > {source}.txt';
    const first = run(cwd, '--builder-command', command);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain('3 of 3 builds built');
    expect(readFileSync(join(cwd, 'log'), 'utf8').split('\n').sort()).toEqual([
      ...['', 'a_1/amd64', 'b_1/amd64', 'c_1/amd64'],
    ]);
    const results = join(cwd, 'debplan-run', 'results', 'a_1.amd64');
    expect(readdirSync(results).sort()).toEqual(['Packages', 'a.txt', 'log']);
    const again = run(cwd, '--builder-command', command, '--resume');
    expect(again).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'log'), 'utf8').split('\n')).toHaveLength(4);
  });

  it('blocks what needs a failed build and nothing else, and tries it again only when told to', () => {
    const cwd = makeTree({ 'plan.json': smallPlan() });
    const command = 'test {source} != a || test -e ../../../../mended';
    const first = run(cwd, '--builder-command', command, '--json', '--quiet');
    expect(first.code).toBe(1);
    const document = answer.parse(JSON.parse(first.stdout));
    expect(document).toEqual({
      built: [{ task: 'c_1/amd64' }],
      failed: [expect.objectContaining({ task: 'a_1/amd64', log: 'attempts/a_1.amd64.1/log', blocks: 1 })],
      blocked: [{ task: 'b_1/amd64', by: ['a_1/amd64'] }],
      left: [],
    });
    expect(existsSync(join(cwd, 'debplan-run', 'attempts', 'a_1.amd64.1', 'log'))).toBe(true);
    const resumed = run(cwd, '--builder-command', 'true', '--resume');
    expect(resumed).toMatchObject({ code: 1 });
    const retried = run(cwd, '--builder-command', 'true', '--resume', '--retry-failed');
    expect(retried).toMatchObject({ code: 0 });
    expect(retried.stdout).toContain('3 of 3 builds built');
  });

  it('gives its events to a file too, as they stand in the journal', () => {
    const cwd = makeTree({ 'plan.json': smallPlan() });
    expect(run(cwd, '--builder-command', 'true', '--events', 'events.jsonl').code).toBe(0);
    const journal = readFileSync(join(cwd, 'debplan-run', 'journal.jsonl'), 'utf8');
    expect(readFileSync(join(cwd, 'events.jsonl'), 'utf8')).toBe(journal);
    const { events, diagnostics } = parseJournal(journal, 'journal');
    expect(diagnostics).toEqual([]);
    expect(events.map(({ event }) => event)).toEqual([
      ...['begin', 'start', 'end', 'start', 'end', 'start', 'end', 'stop'],
    ]);
  });

  it('refuses to begin where something was done, with another plan, and to go on with nothing', () => {
    const cwd = makeTree({ 'plan.json': smallPlan() });
    expect(run(cwd, '--builder-command', 'true', '--resume').stderr).toContain('[nothing-to-resume]');
    expect(run(cwd, '--builder-command', 'true').code).toBe(0);
    const begun = run(cwd, '--builder-command', 'true');
    expect(begun).toMatchObject({ code: 2, stdout: '' });
    expect(begun.stderr).toContain('3 of 3 builds are done [used-work-folder]');
    const other = makeTree({ 'plan.json': smallPlan().replaceAll('c_1', 'd_1') });
    const elsewhere = run(other, '--builder-command', 'true', '--work', join(cwd, 'debplan-run'), '--resume');
    expect(elsewhere.code).toBe(2);
    expect(elsewhere.stderr).toContain('[other-plan]');
  });

  it('never guesses what a damaged journal said', () => {
    const journal = `${formatEvent(BEGIN)}{"event":\n${formatEvent(BEGIN)}`;
    const cwd = makeTree({ 'plan.json': smallPlan(), 'debplan-run/journal.jsonl': journal });
    const { code, stderr } = run(cwd, '--builder-command', 'true', '--resume');
    expect(code).toBe(2);
    expect(stderr).toContain('[bad-journal]');
    expect(stderr).toContain('journal.jsonl:2');
  });

  it('says what it would do first, and changes nothing', () => {
    const cwd = makeTree({ 'plan.json': smallPlan() });
    const { code, stdout } = run(cwd, '--builder-command', 'true', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('plan.json: 3 of 3 builds to be made in debplan-run');
    expect(stdout).toContain('one.0  a_1/amd64  on disk');
    expect(readdirSync(cwd)).toEqual(['plan.json']);
  });

  it('lets nothing of a plan reach a shell, and no path leave the work folder', () => {
    const nasty = '../../$(touch hacked)`touch hacked`;touch hacked #';
    const plan = smallPlan().replaceAll('"c_1/amd64"', JSON.stringify(nasty));
    const cwd = makeTree({ 'plan.json': plan });
    const { code } = run(cwd, '--builder-command', 'echo {id} "{id}" > said');
    expect(code).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual(['debplan-run', 'plan.json']);
    expect(spawned(cwd)).toEqual([]);
  });
});

/** Files that a name of a plan would have made. */
function spawned(cwd: string): readonly string[] {
  return readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('hacked'));
}
