import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { UserError } from '../../src/base/diagnostic.ts';
import { planBuild } from '../../src/pipeline.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { inputsOf, planOptionsOf } from '../support/planned.ts';
import { binary, optionsOf, source } from '../support/texts.ts';

const plan: Plan = planBuild(
  inputsOf({
    sources: [
      source('app', { 'Build-Depends': 'lib' }),
      source('lib', { 'Build-Depends': 'app' }),
      source('lost', { 'Build-Depends': 'gone' }),
    ],
    packages: { amd64: [binary('lib', { Version: '0' })] },
  }),
  planOptionsOf(optionsOf()),
).plan;
const text = stableJson(plan);

/** What the one diagnostic says after the fixed beginning. */
function problem(damaged: string): string {
  let found: unknown;
  try {
    readPlan(damaged, 'my/plan.json');
  } catch (error) {
    found = error;
  }
  if (!(found instanceof UserError)) throw new Error('nothing was refused');
  const [diagnostic] = found.diagnostics;
  expect(found.diagnostics).toHaveLength(1);
  expect(diagnostic).toMatchObject({
    code: 'bad-plan',
    severity: 'error',
    hint: 'make one with debplan plan -o plan.json',
  });
  const start = 'my/plan.json is no plan that this debplan can read: ';
  expect(diagnostic?.message.startsWith(start)).toBe(true);
  return diagnostic?.message.slice(start.length) ?? '';
}

/** The plan with one text in its JSON replaced, which must occur. */
function damaged(from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return changed;
}

describe('readPlan', () => {
  it('takes a plan that begins with a byte order mark', () => {
    expect(readPlan(`\uFEFF${text}`, 'plan.json')).toEqual(plan);
  });

  it('reads back what was written', () => {
    expect(plan.targets.flatMap(({ tasks }) => tasks)).toHaveLength(2);
    expect([plan.breaks.length, plan.unbuildable.length]).toEqual([1, 1]);
    expect(readPlan(text, 'plan.json')).toEqual(plan);
    expect(stableJson(readPlan(text, 'plan.json'))).toBe(text);
  });
  it.each([0, 1, 100, 1000, -3])('says that a file cut off at %d is no JSON', (end) => {
    expect(problem(text.slice(0, end))).toMatch(/^this is no JSON: /);
  });
  it.each([
    ['an order file', 'app_1/amd64 x86 ram\n', /^this is no JSON: /],
    ['a list', '[]', /^the document: /],
    ['null', 'null', /^the document: /],
    ['another document', '{"schema":"debplan/graph@1","units":[],"edges":[]}', /^schema: .*debplan\/plan@1/],
  ])('refuses %s', (_, content, message) => {
    expect(problem(content)).toMatch(message);
  });
  it('names the schema that it wants when the plan is of another version', () => {
    expect(problem(damaged('debplan/plan@1', 'debplan/plan@2'))).toMatch(/^schema: .*"debplan\/plan@1"/);
  });
  it.each([
    ['a missing field', /"builder": "[^"]*",/, '', /^targets\.0\.tasks\.0\.builder: .*undefined/],
    ['a text for a number', /"startMs": \d+/, '"startMs": "0"', /^targets\.0\.tasks\.0\.startMs: /],
    ['a broken number', /"makespanMs": \d+,\n {2}"lower/, '"makespanMs": 1.5,\n  "lower', /^makespanMs: /],
    ['a negative time', /"startMs": \d+/, '"startMs": -1', /^targets\.0\.tasks\.0\.startMs: /],
    ['no duration', /"durationMs": \d+/, '"durationMs": 0', /^targets\.0\.tasks\.0\.durationMs: /],
    [
      'a NUL in a version',
      /"version": "/,
      '$&\\u0000',
      /^targets\.0\.tasks\.0\.version: holds a control char/,
    ],
    ['a line feed in an id', /"id": "/, '$&\\n', /holds a control character$/],
    ['a builder that clears screens', /"builder": "/, '$&\\u001b[2J', /holds a control character$/],
    ['an unknown mode', /"mode": "\w+"/, '"mode": "tape"', /^targets\.0\.tasks\.0\.mode: .*"ram"/],
    ['an unknown key', '"inputs"', '"note": 1,\n  "inputs"', /^the document: .*"note"/],
    ['a checksum that is none', /"sha256": "\w+"/, '"sha256": "abc"', /^inputs\.0\.sha256: /],
    [
      'no architecture',
      /"architectures": \[\n\s+"amd64"\n\s+\]/,
      '"architectures": []',
      /^options\.architectures: /,
    ],
  ])('says where it finds %s', (_, from, to, message) => {
    expect(problem(damaged(from, to))).toMatch(message);
  });
});
