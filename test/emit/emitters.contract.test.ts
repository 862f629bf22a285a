import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import type { EmitOptions, Emitter } from '../../src/emit/emitter.ts';
import { EMITTERS } from '../../src/emit/emitters.ts';
import { emitFiles } from '../../src/emit-plan.ts';
import { EMIT_FORMATS } from '../../src/options/emit-options.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { PAYLOAD_PLAN } from './payload-plan.ts';
import { PAYLOADS } from './payloads.ts';
import { emptyPlan } from './small-plan.ts';

const OPTIONS: EmitOptions = { builderCommand: parseTemplate('build {arch} {dsc}'), suite: 'trixie' };

const rows: readonly (readonly [string, Emitter])[] = Object.entries(EMITTERS);

/** The plan with its targets, and the tasks in them, in another order: it says the same. */
function shuffled(plan: Plan, seed: number): Plan {
  const random = seededRandom(seed);
  const shuffle = <Item>(items: readonly Item[]): readonly Item[] => {
    const rest = [...items];
    return items.flatMap(() => rest.splice(Math.floor(random() * rest.length), 1));
  };
  const targets = plan.targets.map((target) => ({ ...target, tasks: shuffle(target.tasks) }));
  return { ...plan, targets: shuffle(targets) };
}

/** The same builds, all at once and none waiting: only their names tell which comes first. */
const TIED_PLAN: Plan = {
  ...PAYLOAD_PLAN,
  makespanMs: 1000,
  lowerBoundMs: 1000,
  targets: PAYLOAD_PLAN.targets.map(({ target, tasks }) => ({
    target,
    tasks: tasks.map((task) => ({ ...task, needs: [], startMs: 0 })),
  })),
};

describe('the payload plan', () => {
  it('is right in itself, and its texts differ', () => {
    expect(problemOfPlan(PAYLOAD_PLAN, 'payloads').tasks).toHaveLength(PAYLOADS.length);
    expect(new Set(PAYLOADS).size).toBe(PAYLOADS.length);
  });
});

describe.each(rows)('%s', (_, emitter) => {
  it('says what it is for, lower case, without a full stop', () => {
    expect(emitter.describe).toMatch(/^[^A-Z\s](?:[^\n]*[^.\s])$/);
    expect(emitter.describe.length).toBeLessThan(100);
  });

  it.each([
    ['one after the other', PAYLOAD_PLAN],
    ['all at once', TIED_PLAN],
  ])('gives the same bytes twice, and whatever the order of tasks in the plan: %s', (_name, plan) => {
    const files = emitter.emit(plan, OPTIONS);
    expect(emitter.emit(structuredClone(plan), OPTIONS)).toEqual(files);
    for (const seed of [1, 2]) expect(emitter.emit(shuffled(plan, seed), OPTIONS)).toEqual(files);
  });

  it.each([
    ['payloads', PAYLOAD_PLAN],
    ['nothing', emptyPlan([])],
  ])('of %s writes below its folder alone, portable names, texts that end with a line', (_name, plan) => {
    const files = emitter.emit(plan, OPTIONS);
    const paths = files.map(({ path }) => path.toLowerCase());
    expect(new Set(paths).size).toBe(paths.length);
    for (const { path, content, isExecutable } of files) {
      for (const part of path.split('/'))
        expect(part).toMatch(/^(?!\.{1,2}$)[A-Za-z0-9._+][A-Za-z0-9._+-]{0,127}$/);
      expect(content === '' || content.endsWith('\n'), path).toBe(true);
      expect(content, path).not.toMatch(/\p{Surrogate}/u);
      expect(content.startsWith('#!'), path).toBe(isExecutable);
    }
  });
});

describe('the registry', () => {
  it('has formats whose files can lie in one folder', () => {
    const resolved = { formats: EMIT_FORMATS, options: OPTIONS, selection: undefined };
    const files = emitFiles(PAYLOAD_PLAN, resolved);
    expect(files.length).toBeGreaterThanOrEqual(EMIT_FORMATS.length);
    const parts = files.map(({ path }) => path.split('/'));
    // no file where another one needs a folder
    for (const [index, path] of parts.entries()) {
      for (const other of parts.slice(index + 1)) {
        const shared = path.findIndex((part, depth) => part !== at(other, depth));
        expect(shared, `${path.join('/')} and ${other.join('/')}`).not.toBe(-1);
      }
    }
  });
});
