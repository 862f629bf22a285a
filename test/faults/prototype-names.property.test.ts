import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { parseBreakCosts } from '../../src/cycles/parse-break-costs.ts';
import { parseBuilder } from '../../src/dispatch/parse-builder.ts';
import { EMITTERS } from '../../src/emit/emitters.ts';
import { DEFAULT_BUILDER_COMMAND, parseTemplate } from '../../src/emit/command/parse-template.ts';
import { formatRecord } from '../../src/history/format-record.ts';
import { parseHistory } from '../../src/history/parse-history.ts';
import { parseCycleOrders } from '../../src/parse/starlingx/cycle-orders.ts';
import { planBuild } from '../../src/pipeline.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { compareText } from '../../src/base/compare.ts';
import { buildRecord } from '../history/records.ts';
import { inputsOf } from '../support/planned.ts';
import { binary, optionsOf, source } from '../support/texts.ts';

/** What a plain object has of itself or sorts to the front, as far as Debian takes it for a name; in code-unit order. */
const NAMES = ['2048', 'constructor', 'hasownproperty', 'isprototypeof', 'then', 'tostring', 'valueof'];
/** Names that mean nothing to anybody, in the same order, as long and as unlike each other: columns and hints are the same. */
const PLAIN = ['aard', 'bumblebeesx', 'crocodileriver', 'dragonflywing', 'elks', 'flamingo', 'gorilla'];

/** An archive as numbers of names. */
interface Shape {
  readonly sources: readonly { readonly needs: readonly number[]; readonly provides: number }[];
  readonly existing: readonly number[];
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  sources: fc.array(
    fc.record({
      needs: fc.array(fc.nat({ max: NAMES.length - 1 }), { maxLength: 3 }),
      provides: fc.nat({ max: NAMES.length - 1 }),
    }),
    { minLength: 2, maxLength: NAMES.length, size: 'max' },
  ),
  existing: fc.uniqueArray(fc.nat({ max: NAMES.length - 1 }), { maxLength: NAMES.length, size: 'max' }),
});

/** The plan of a shape, as a text, with these names for sources, binaries, what is provided, builders and histories. */
function planText({ sources, existing }: Shape, names: readonly string[]): string {
  const name = (index: number): string => names[index] ?? '';
  const inputs = inputsOf({
    sources: sources.map(({ needs }, index) =>
      source(name(index), { 'Build-Depends': needs.map(name).join(', '), Binary: name(index) }),
    ),
    packages: {
      amd64: existing.map((index) =>
        binary(name(index), {
          Provides: name((index + 1) % names.length),
          Depends: name((index + 2) % names.length),
        }),
      ),
    },
  });
  const options = {
    ...optionsOf(),
    builders: [parseBuilder(`name=${name(1)},arch=amd64,slots=2,ram-disk=8GiB`)],
    overrides: [],
    history: parseHistory(
      names.map((one) => formatRecord(buildRecord({ source: one, builder: name(1) }))).join(''),
      'history',
      () => undefined,
    ),
  };
  return stableJson(planBuild(inputs, options).plan);
}

/** The text with the one names for the others. */
function renamed(text: string): string {
  return NAMES.reduce(
    (read, name, index) =>
      read.replaceAll(new RegExp(`(?<![A-Za-z0-9-])${name}(?![A-Za-z0-9-])`, 'g'), PLAIN[index] ?? ''),
    text,
  );
}

describe('names that objects have of themselves', () => {
  it('are sorted as the plain ones are, so that only names differ', () => {
    expect([...NAMES].sort(compareText)).toEqual(NAMES);
    expect([...PLAIN].sort(compareText)).toEqual(PLAIN);
  });

  it('make the same plan as any others: sources, binaries, what is provided, builders, histories', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const text = planText(shape, NAMES);
        expect(renamed(text)).toBe(planText(shape, PLAIN));
        const plan = readPlan(text, 'plan.json');
        expect(problemOfPlan(plan, 'plan.json').tasks.length).toBeLessThanOrEqual(shape.sources.length);
        const options = { builderCommand: parseTemplate(DEFAULT_BUILDER_COMMAND), suite: 'sid' };
        for (const { emit } of Object.values(EMITTERS)) emit(plan, options);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('are entries of cycle-order and cost files like any others', () => {
    const names = NAMES.filter((name) => name !== '2048');
    const text = `SRC SET: ${names.join(' ')}\nBUILD ORDER: ${[...names].reverse().join(' ')}\n`;
    expect(parseCycleOrders(text, 'f', () => undefined).map(({ set }) => set)).toEqual([names]);
    const costs = parseBreakCosts('sources: {constructor: {relations: {__proto__: 7, tostring: 8}}}\n', 'f');
    expect(costs.sources.get('constructor')?.relations).toEqual(
      new Map([
        ['__proto__', 7],
        ['tostring', 8],
      ]),
    );
    expect(() => parseBreakCosts('constructor: 5\n', 'f')).toThrow('constructor means nothing');
    expect(() => parseBreakCosts('sources: {a: {toString: 5}}\n', 'f')).toThrow('means nothing');
  });
});
